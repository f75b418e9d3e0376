#include "guest/resident.h"

#include "guest/fence.h"
#include "handgrad.h"

#include <dlfcn.h>
#include <errno.h>
#include <fenv.h>
#include <gsl/gsl_errno.h>
#include <string.h>
#include <unistd.h>

typedef struct resident {
	hg_wire *wire;
	hg_answer answer;
	const hg_derivation *of;
	gsl_rng *rng;
	gsl_matrix matrix[2 * HG_WIRE_BLOCKS];
	const gsl_matrix *x[HG_WIRE_BLOCKS];
	gsl_matrix *g[HG_WIRE_BLOCKS];
	struct {
		void *of;
		size_t stage;
		bool taken;
	} kept[HG_WIRE_KEPT];
} resident;

static void tell(resident *r, const char *text)
{
	const size_t n = text ? strlen(text) + 1 : 1;
	if (r->answer.ntext + n > HG_WIRE_TEXT) {
		r->answer.failed = HG_ELIMIT;
		return;
	}
	memcpy(r->wire->text + r->answer.ntext, text ? text : "", n);
	r->answer.ntext += n;
}

static void tell_record(resident *r)
{
	const hg_derivation *of = r->of;
	if (of->nstages > HG_WIRE_STAGES || of->ntwins > HG_WIRE_TWINS) {
		r->answer.failed = HG_ELIMIT;
		return;
	}
	r->answer.nstages = of->nstages;
	r->answer.ntwins = of->ntwins;
	r->answer.npoints = of->npoints;
	tell(r, of->name);
	tell(r, of->title);
	for (size_t s = 0; s < of->nstages; s++) {
		const hg_stage *stage = &of->stage[s];
		r->answer.pokes[s] = stage->f.keep && stage->f.poke && stage->f.drop;
		tell(r, stage->name);
		tell(r, stage->formula);
		tell(r, stage->wrt);
		tell(r, stage->uses);
	}
	for (size_t t = 0; t < of->ntwins; t++) {
		tell(r, of->twin[t].stage);
		tell(r, of->twin[t].slip);
		tell(r, of->twin[t].formula);
	}
}

static void tell_point(resident *r)
{
	hg_point at = {0};
	size_t n = 0;
	memcpy(gsl_rng_state(r->rng), r->wire->ask.rng, gsl_rng_size(r->rng));
	r->answer.failed = (int)r->of->point(r->wire->ask.which, r->rng, &at);
	if (r->answer.failed)
		return;
	r->answer.failed = at.nblocks > HG_WIRE_BLOCKS ? HG_ELIMIT : HG_OK;
	tell(r, at.label);
	tell(r, at.stages);
	for (size_t b = 0; b < at.nblocks && !r->answer.failed; b++) {
		const gsl_matrix *x = at.block[b].x;
		tell(r, at.block[b].name);
		if (x->size1 > HG_WIRE_NUMBERS || x->size2 > HG_WIRE_NUMBERS || n + x->size1 * x->size2 > HG_WIRE_NUMBERS) {
			r->answer.failed = HG_ELIMIT;
			break;
		}
		for (size_t i = 0; i < x->size1; i++, n += x->size2)
			memcpy(r->wire->x + n, x->data + i * x->tda, x->size2 * sizeof *x->data);
		r->answer.block[b] = (hg_wire_block){x->size1, x->size2, false};
	}
	r->answer.nblocks = at.nblocks;
	hg_point_clear(&at);
}

/* The blocks asked about, as matrices over the shared numbers. */
static void take_blocks(resident *r)
{
	const hg_ask *ask = &r->wire->ask;
	size_t n = 0;
	for (size_t b = 0; b < ask->nblocks; b++) {
		const size_t rows = ask->block[b].rows, cols = ask->block[b].cols;
		r->matrix[2 * b] = gsl_matrix_view_array(r->wire->x + n, rows, cols).matrix;
		r->matrix[2 * b + 1] = gsl_matrix_view_array(r->wire->g + n, rows, cols).matrix;
		r->x[b] = &r->matrix[2 * b];
		r->g[b] = ask->block[b].wanted ? &r->matrix[2 * b + 1] : NULL;
		n += rows * cols;
	}
}

static void keep(resident *r, const hg_function *f)
{
	size_t k = 0;
	while (k < HG_WIRE_KEPT && r->kept[k].taken)
		k++;
	r->answer.kept = k;
	if (k == HG_WIRE_KEPT || !(r->kept[k].of = f->keep(r->x, f->params)))
		r->answer.failed = HG_ENOMEM;
	else
		r->kept[k].stage = r->wire->ask.which, r->kept[k].taken = true;
}

static void compute(resident *r)
{
	const hg_ask *ask = &r->wire->ask;
	const size_t which = ask->which;
	const hg_function *f = ask->what == HG_ASK_TWIN ? NULL : &r->of->stage[ask->what >= HG_ASK_POKE ? r->kept[which].stage : which].f;
	const hg_gradient *g = ask->what == HG_ASK_TWIN       ? &r->of->twin[which].g
	                       : ask->what == HG_ASK_GRADIENT ? &r->of->stage[which].g
	                                                      : NULL;
	take_blocks(r);
	fesetround(ask->rounding);
	if (g)
		r->answer.failed = g->value(r->x, g->params, r->g);
	else if (ask->what == HG_ASK_VALUE)
		r->answer.failed = f->value(r->x, f->params, &r->answer.f);
	else if (ask->what == HG_ASK_KEEP)
		keep(r, f);
	else if (ask->what == HG_ASK_POKE)
		r->answer.failed = f->poke(r->kept[which].of, ask->at_block, ask->i, ask->j, ask->t, &r->answer.f);
	else
		f->drop(r->kept[which].of), r->kept[which].taken = false;
}

/* Whatever the last call left behind, the next one starts as any process does. */
static void answer(resident *r)
{
	fesetenv(FE_DFL_ENV);
	gsl_set_error_handler_off();
	r->answer = (hg_answer){0};
	if (!r->of)
		r->answer.failed = HG_EINVAL;
	else if (r->wire->ask.what == HG_ASK_RECORD)
		tell_record(r);
	else if (r->wire->ask.what == HG_ASK_POINT)
		tell_point(r);
	else
		compute(r);
	fesetenv(FE_DFL_ENV);
	r->wire->answer = r->answer;
}

/* The loader's own words where it fails. */
static void load(resident *r, const char *module, const char *const names[])
{
	void *loaded = hg_fence_for_loading() ? dlopen(module, RTLD_NOW | RTLD_LOCAL) : NULL;
	const char *why = loaded ? "it has no record hg_derivation_NAME" : dlerror();
	for (size_t k = 0; loaded && names[k] && !r->of; k++)
		r->of = dlsym(loaded, names[k]);
	if (!hg_fence_for_running())
		r->of = NULL, why = "the kernel refused the filter of system calls";
	if (!r->of) {
		tell(r, why ? why : "the kernel refused the filter of system calls");
		r->answer.failed = HG_EIO;
		r->wire->answer = r->answer;
	}
}

static bool pass_turn(void)
{
	ssize_t n;
	while ((n = write(HG_FENCE_SOCKET, "", 1)) < 0 && errno == EINTR)
		;
	return n == 1;
}

static bool wait_turn(void)
{
	char go;
	ssize_t n;
	while ((n = read(HG_FENCE_SOCKET, &go, 1)) < 0 && errno == EINTR)
		;
	return n == 1;
}

_Noreturn void hg_guest_live(hg_wire *wire, int socket, const char *module, const char *const names[],
                             const hg_budget *limits)
{
	static resident r;
	r = (resident){.wire = wire};
	hg_fence_settle(socket, limits);
	r.rng = gsl_rng_alloc(gsl_rng_mt19937);
	load(&r, module, names);
	if (r.of && r.rng)
		answer(&r);
	while (pass_turn() && wait_turn())
		answer(&r);
	_exit(0);
}
