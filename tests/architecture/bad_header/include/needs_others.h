bool answer(GString *text);
