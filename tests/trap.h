/* Code under test that calls exit(0) would pass in Check's fork mode; this fixture turns it into a failure. */
#ifndef HG_TESTS_TRAP_H
#define HG_TESTS_TRAP_H

#include <check.h>
#include <stdlib.h>
#include <unistd.h>

static int trap_armed;

static void trap_spring(void)
{
	if (trap_armed)
		_exit(97);
}

static void trap_set(void)
{
	trap_armed = 1;
	atexit(trap_spring);
}

static void trap_lift(void) { trap_armed = 0; }

#define TRAP(tcase) tcase_add_checked_fixture((tcase), trap_set, trap_lift)

/* Runs the one suite; the exit code of a test program. */
static inline int run_suite(Suite *suite)
{
	SRunner *runner = srunner_create(suite);
	srunner_run_all(runner, CK_NORMAL);
	int failed = srunner_ntests_failed(runner), ran = srunner_ntests_run(runner);
	srunner_free(runner);
	return failed || !ran;
}

#endif
