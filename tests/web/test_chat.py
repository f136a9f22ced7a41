"""What the page does on a new conversation and a choice of role, as Gradio is told it."""

from typing import Any

from web.chat import chooser, starter_again
from web.conversation import Conversation
from web.reactions import Given
from web.starters import shipped_starters
from web.texts import wording

SV = wording("sv")
GROUPS = shipped_starters()["sv"]


def shown(updates: Any) -> list[str]:
    return [button.value for button in updates[2:] if button.visible]


def test_a_new_conversation_is_empty_on_the_server_too() -> None:
    log, sources, _, draft, conversation, *_, given = starter_again(SV)()
    assert (log, sources, draft, conversation) == ("", "", "", Conversation())
    assert conversation.history == ()
    assert isinstance(given, Given)


def test_a_role_is_kept_and_its_questions_are_shown() -> None:
    for group in GROUPS:
        role, status, *_ = updates = chooser(GROUPS, page=SV)(group.role)
        assert role == group.role
        assert group.label in status
        assert shown(updates) == list(group.questions)


def test_a_role_that_is_not_offered_is_not_kept() -> None:
    role, status, *_ = updates = chooser(GROUPS, page=SV)("<script>")
    assert role == ""
    assert "script" not in status
    assert shown(updates) == list(GROUPS[0].questions)
