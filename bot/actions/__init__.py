"""What the commands of the command line do: each an async function of its arguments and the settings."""
