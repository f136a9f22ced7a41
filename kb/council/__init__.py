"""The council: who may move a Document from draft to published, and how it is done."""
