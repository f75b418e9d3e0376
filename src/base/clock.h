/* The time by which what does not answer is given up. */
#ifndef HG_BASE_CLOCK_H
#define HG_BASE_CLOCK_H

#include <time.h>

/* Milliseconds of a clock that nobody sets. */
static inline long long hg_now_ms(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (long long)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

#endif
