"""Pictures on Telegram: asked for by a button, sent as photos, turned in place."""

from pathlib import Path

from bot.app import App
from bot.services.import_pax import import_pax
from tests.conftest import NOW
from tests.importing.pax_sample import BASE, export
from tests.telegram import FakeChat


async def test_a_list_comes_as_a_picture_and_its_pages_turn_in_place(app: App, chat: FakeChat, tmp_path: Path) -> None:
    """The matrix as a photo with its words below; a timeline of two pages whose photo is replaced by the next one."""
    chat.send("/positions")
    (matrix,) = await chat.wait_for_messages()
    chat.press(matrix, label="As a picture")
    (photo,) = await chat.wait_for_messages()
    assert photo.photo
    assert photo.photo.startswith(b"\x89PNG")
    assert "✗ Russia: rejects, by 18 March 2025" in photo.text
    assert "As of 18 March 2025. blue News" in photo.text

    file = tmp_path / "pax.csv"
    file.write_bytes(export([BASE | {"AgtId": str(at), "Agt": f"Accord {at} 停戦"} for at in range(1, 9)]))
    await import_pax(app.database, file, now=NOW, on_step=lambda _: None)
    await app.parts.catalogue.refresh()
    chat.send("/timeline pax-process-7 picture")
    (photo,) = await chat.wait_for_messages()
    assert "Accord 1 停戦: signed or agreed on 5 September 2014" in photo.text
    assert "Page 1 of 2." in photo.text
    assert "The picture has boxes for letters that it cannot draw" in photo.text
    chat.press(photo, label="More \u203a")
    turned = await chat.wait_for_edit(photo)
    assert turned.photo
    assert turned.photo != photo.photo
    assert "Page 2 of 2." in turned.text
    chat.press(turned, label="As text, with sources")
    (text,) = await chat.wait_for_messages()
    assert text.photo is None
    assert "Timeline: Harbour peace process" in text.text
