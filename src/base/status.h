/* The machine's trouble travels as a status, passed up; HG_TRY is the only macro that hides a return. */
#ifndef HG_BASE_STATUS_H
#define HG_BASE_STATUS_H

#include "handgrad.h"

#define HG_TRY(call)                                                                                         \
	do {                                                                                                     \
		hg_status hg_try_status_ = (call);                                                                   \
		if (hg_try_status_ != HG_OK)                                                                         \
			return hg_try_status_;                                                                           \
	} while (0)

#endif
