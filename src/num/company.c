#include "num/company.h"

#include <fenv.h>
#include <gsl/gsl_errno.h>
#include <pthread.h>

static pthread_mutex_t door = PTHREAD_MUTEX_INITIALIZER;
static unsigned long inside;
static gsl_error_handler_t *outside; /* the handler to put back, while anybody is inside */

hg_company hg_company_enter(void)
{
	const hg_company before = {.rounding = fegetround()};
	pthread_mutex_lock(&door);
	if (inside++ == 0)
		outside = gsl_set_error_handler_off();
	pthread_mutex_unlock(&door);
	fesetround(FE_TONEAREST);
	return before;
}

void hg_company_leave(hg_company before)
{
	fesetround(before.rounding);
	pthread_mutex_lock(&door);
	if (--inside == 0)
		gsl_set_error_handler(outside);
	pthread_mutex_unlock(&door);
}
