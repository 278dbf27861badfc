/* A library without the entry symbol. */
int fixture_answer(void);
int fixture_answer(void) { return 42; }
