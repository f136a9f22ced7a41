"""Hand a Case to inspect-ai: the arguments of its `Sample`, without importing it."""

from typing import Any


def record_to_sample(record: dict[str, Any]) -> dict[str, Any]:
    """Return a line of a suite as the arguments of `inspect_ai.dataset.Sample`.

    With inspect installed: `json_dataset(path, lambda line: Sample(**record_to_sample(line)))`.
    `input` is the question, or with a history the list of messages; `target` is what must be
    said; everything else a Case holds is `metadata`, under its own name.
    """
    earlier = [{"role": "user", "content": text} for text in record.get("history", ())]
    asked = record["question"]
    used = {"id", "question", "history", "must"}
    return {
        "input": [*earlier, {"role": "user", "content": asked}] if earlier else asked,
        "target": list(record.get("must", ())),
        "id": record["id"],
        "metadata": {key: value for key, value in record.items() if key not in used},
    }
