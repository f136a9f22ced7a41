"""Personal data in questions: the suite `personal_data` and what is measured over it."""
