#include "num/company.h"

#include <fenv.h>
#include <gsl/gsl_errno.h>

#ifndef HG_ONE_THREAD
#include <pthread.h>

static pthread_mutex_t door = PTHREAD_MUTEX_INITIALIZER;

static void lock(void) { pthread_mutex_lock(&door); }

static void unlock(void) { pthread_mutex_unlock(&door); }
#else /* a system that knows no threads */
static void lock(void) {}

static void unlock(void) {}
#endif

static unsigned long inside;
static gsl_error_handler_t *outside; /* the handler to put back, while anybody is inside */

hg_company hg_company_enter(void)
{
	const hg_company before = {.rounding = fegetround()};
	lock();
	if (inside++ == 0)
		outside = gsl_set_error_handler_off();
	unlock();
	fesetround(FE_TONEAREST);
	return before;
}

void hg_company_leave(hg_company before)
{
	fesetround(before.rounding);
	lock();
	if (--inside == 0)
		gsl_set_error_handler(outside);
	unlock();
}
