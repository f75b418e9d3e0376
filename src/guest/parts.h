/* What the files of a guest's host share. */
#ifndef HG_GUEST_PARTS_H
#define HG_GUEST_PARTS_H

#include "guest/guest.h"
#include "guest/wire.h"

#include <sys/types.h>

/* Which of the guest's functions: the params of a function that stands for it here. */
typedef struct hg_guest_link {
	hg_guest *guest;
	hg_wire_what what;
	size_t which;
} hg_guest_link;

typedef struct hg_guest_kept {
	hg_guest *guest;
	size_t slot, stage;
	bool taken;
} hg_guest_kept;

struct hg_guest {
	const char *path;
	pid_t pid; /* 0: it has ended */
	int socket;
	hg_wire *wire;
	hg_answer answer; /* the last one: a copy */
	hg_budget limits;
	hg_arena *arena;
	const char *trouble; /* why it does not answer any more */
	hg_derivation record;
	size_t nblocks; /* of every point, as of the first */
	hg_guest *claims; /* who is asked about the same points; NULL */
	hg_guest_kept kept[HG_WIRE_KEPT];
};

/* Passes the turn and waits for it. False: guest->trouble says why there is no answer, now and from now on. */
bool hg_guest_ask(hg_guest *guest, hg_wire_what what, size_t which);
/* Ends it for a reason that is the module's fault. */
void hg_guest_fail(hg_guest *guest, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Reads the record that was told into guest->record. */
bool hg_guest_read_record(hg_guest *guest);

/* The next of the texts that were told: a copy with its NUL in the arena; NULL when there is none. */
typedef struct hg_guest_texts {
	hg_arena *arena;
	hg_str rest;
} hg_guest_texts;
hg_guest_texts hg_guest_told(const hg_guest *guest);
const char *hg_guest_text(hg_guest_texts *texts);

/* What the record of a file may be called, the name of the file first; ends with NULL. NULL: no memory. */
const char *const *hg_guest_names(const hg_guest_source *source, hg_arena *arena);

/* Compiles into `folder`/module.so. False, and *why. */
bool hg_guest_compile(const hg_guest_source *source, const char *folder, hg_arena *arena, const char **why);

/* The functions of a record's stage, and a point of it, asked of the guest. */
hg_function hg_guest_function(hg_guest *guest, size_t stage, bool pokes);
hg_gradient hg_guest_gradient(hg_guest *guest, hg_wire_what what, size_t which);
hg_status hg_guest_point(size_t k, gsl_rng *rng, hg_point *at); /* of the guest at work in this thread */
extern _Thread_local hg_guest *hg_guest_at_work;

#endif
