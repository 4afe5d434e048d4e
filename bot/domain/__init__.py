"""What is true: records and the pure rules over them. No I/O, no asyncio, no clock of its own."""
