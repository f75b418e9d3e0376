#include "num/screen.h"

#include "num/constants.h"
#include "num/fit.h"
#include "num/point.h"

#include <fenv.h>
#include <float.h>
#include <math.h>
#include <stdint.h>
#include <stdlib.h>

/* ---- random directions --------------------------------------------------------------------------------- */

/* Sebastiano Vigna's splitmix64: no state outside, no allocation, the same numbers everywhere. */
static uint64_t next(uint64_t *state)
{
	uint64_t z = *state += 0x9e3779b97f4a7c15U;
	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9U;
	z = (z ^ (z >> 27)) * 0x94d049bb133111ebU;
	return z ^ (z >> 31);
}

static double uniform(uint64_t *state) { return ((double)(next(state) >> 11) + 0.5) * 0x1p-53; }

static double gaussian(uint64_t *state)
{
	const double radius = sqrt(-2 * log(uniform(state)));
	return radius * cos(2 * M_PI * uniform(state));
}

/* Each entry moves in proportion to its scale, and all of them together about as far as one alone would. With few bits
 * in a direction the places along it are exact. */
static void draw(const hg_point *at, uint64_t *state, size_t n, double u[])
{
	for (size_t b = 0; b < at->nblocks; b++) {
		const gsl_matrix *x = at->block[b].x;
		for (size_t i = 0; at->block[b].wrt && i < x->size1; i++)
			for (size_t j = 0; j < x->size2; j++) {
				const double here = fabs(x->data[i * x->tda + j]);
				const double scale = isfinite(here) ? hg_unit_of(here, at->block[b].scale) : 1;
				*u++ = scale * ldexp(rint(ldexp(gaussian(state) / sqrt((double)n), DIRECTION_BITS)), -DIRECTION_BITS);
			}
	}
}

void hg_direction_draw(const hg_point *at, unsigned long seed, double u[])
{
	uint64_t state = seed;
	draw(at, &state, hg_point_entries(at), u);
}

/* ---- noise --------------------------------------------------------------------------------------------- */

/* Does any rounding mode change the value anywhere near? An exact function is silent too, and has no noise. */
static bool modes_reach(const hg_line *line)
{
	static const double away[] = {0x1p-12, 0.0625, -0.171875, 0.4375, -1};
	if (!hg_rounding_works())
		return false;
	for (size_t k = 0; k < sizeof away / sizeof *away; k++) {
		hg_line near = *line;
		near.x = away[k];
		if (hg_line_probe_once(&near) == 0 && near.spread > 0)
			return true;
	}
	return false;
}

/* Redirected rounding adds up where rounding to nearest cancels: of a sum of n terms it hears n ulps, and sqrt(n) is what
 * comes. Residuals along directions in which every term moves tell how much does. 0: they tell nothing. */
static double listen_quietly(const hg_directions *d, hg_walk *walk, const hg_screen *screen)
{
	double quiet = 0;
	for (size_t k = 0; k < d->ndirections; k++) {
		hg_ray ray = {walk, d->u[k], hg_line_of_direction(walk, k, -1)};
		hg_line line = hg_ray_line(&ray);
		line.f = screen->f;
		const double residual = hg_line_residual(&line);
		if (residual == 0)
			return 0;
		quiet = fmax(quiet, residual);
	}
	return quiet;
}

void hg_screen_listen(const hg_directions *d, hg_walk *walk, hg_screen *screen)
{
	bool reached = false;
	*screen = (hg_screen){.probed = true};
	const size_t n = walk->kept ? 1 : d->ndirections; /* by poke noise is another, and heard elsewhere */
	for (size_t k = 0; k < n && !isnan(screen->f); k++) {
		hg_ray ray = {walk, d->u[k], hg_line_of_direction(walk, k, -1)};
		hg_line line = hg_ray_line(&ray);
		const bool heard = hg_line_probe(&line) == 0;
		screen->f = heard ? line.f : NAN;
		screen->spread = fmax(screen->spread, line.spread);
		reached = reached || screen->spread > 0 || (heard && modes_reach(&line));
	}
	for (size_t k = 0; !reached && !isnan(screen->f) && k < n; k++) {
		hg_ray ray = {walk, d->u[k], hg_line_of_direction(walk, k, -1)};
		hg_line line = hg_ray_line(&ray);
		line.f = screen->f;
		double residual = hg_line_residual(&line);
		screen->spread = fmax(screen->spread, residual);
		screen->probed =
		    screen->probed && hg_rounding_works() && residual <= PROBE_DEAF * DBL_EPSILON * fabs(line.f);
	}
	screen->quiet = screen->spread;
	if (screen->probed && d->n >= QUIET_MANY && !walk->kept && screen->spread > QUIET_LOUD * DBL_EPSILON * fabs(screen->f)) {
		const double quiet = listen_quietly(d, walk, screen);
		screen->quiet = quiet > 0 ? fmin(quiet, screen->spread) : screen->spread;
	}
	hg_walk_home(walk);
}

bool hg_screen_repeats(hg_screen *screen, double again)
{
	const double apart = fabs(again - screen->f);
	if (isnan(again) && isnan(screen->f))
		return true;
	if (apart <= REPEAT_ULPS * DBL_EPSILON * fabs(screen->f))
		screen->spread = fmax(screen->spread, apart);
	return apart <= REPEAT_ULPS * DBL_EPSILON * fabs(screen->f);
}

hg_status hg_directions_open(const hg_point *at, unsigned long seed, hg_directions *d)
{
	uint64_t state = seed;
	const size_t n = hg_point_entries(at);
	*d = (hg_directions){.n = n, .ndirections = n < DIRECTIONS ? n : DIRECTIONS};
	bool complete = (d->part = calloc(n, sizeof *d->part)) != NULL;
	for (size_t k = 0; complete && k < d->ndirections; k++) {
		complete = (d->u[k] = calloc(n, sizeof *d->u[k])) != NULL;
		if (complete)
			draw(at, &state, n, d->u[k]);
	}
	if (!complete)
		hg_directions_close(d);
	return complete ? HG_OK : HG_ENOMEM;
}

void hg_directions_close(hg_directions *d)
{
	for (size_t k = 0; k < DIRECTIONS; k++)
		free(d->u[k]);
	free(d->part);
	*d = (hg_directions){0};
}

/* ---- adding up ----------------------------------------------------------------------------------------- */

/* What the entries have to say of one direction. */
typedef struct sum {
	double slope, abserr;
	double places; /* very close by the places are rounded, which moves the value by so much */
	bool complete; /* every entry that moves has a bound */
} sum;

static sum add_up(const double u[], const hg_walk *walk, const hg_verdict *v)
{
	sum s = {.complete = true};
	double size = 0;
	for (size_t k = 0; k < v->nentries; k++) {
		const hg_entry *e = &v->entry[k];
		const gsl_matrix *x = walk->at->block[e->block].x;
		if (u[k] == 0)
			continue;
		if (!isfinite(e->abserr) || e->kind == HG_KINK) {
			s.complete = false;
			continue;
		}
		s.slope += e->numerical * u[k];
		s.abserr += e->abserr * fabs(u[k]);
		size += fabs(e->numerical * u[k]);
		s.places += (walk->single ? FLT_EPSILON : DBL_EPSILON) * fabs(e->numerical * x->data[e->i * x->tda + e->j]);
	}
	s.abserr += 8 * DBL_EPSILON * size;
	return s;
}

/* Are there so many entries that noise, heard at a few places only, and what a resolved scale shows are judged with
 * more reserve? */
static bool is_crowd(const hg_verdict *v) { return v->nentries > DIRECTION_FEW; }

static hg_along_all look(const hg_screen *screen, hg_ray *ray, double step, const hg_verdict *v)
{
	const sum s = add_up(ray->u, ray->walk, v);
	hg_line line = hg_ray_line(ray);
	line.f = screen->f;
	line.spread = screen->spread + (line.single ? s.places : 0);
	const hg_stencil *stencil = ray->walk->kept ? &hg_stencil_quick : &hg_stencil_sharp; /* values are dear beside pokes */
	for (int k = 0; k < QUICK_LEVELS; k++, step /= QUICK_RATIO) {
		hg_fit fit;
		if (!hg_fit_find(&line, stencil, HG_BOTH, step, &fit) || !hg_fit_resolved(&fit))
			continue;
		if (s.complete && !(fabs(s.slope - fit.slope) <= s.abserr + fit.abserr))
			return HG_ALONG_DIFFERS;
		line.spread += s.places;
		if (is_crowd(v))
			line.spread *= DIRECTION_NOISE;
		return hg_fit_departs(&line, &fit) > 0 ? HG_ALONG_DEPARTS : HG_ALONG_FOLLOWS;
	}
	return is_crowd(v) ? HG_ALONG_FOLLOWS : HG_ALONG_DEPARTS;
}

hg_along_all hg_screen_look(const hg_screen *screen, const hg_directions *d, size_t direction, long block, double step,
                            hg_walk *walk, const hg_verdict *v)
{
	const double *u = d->u[direction];
	for (size_t k = 0; block >= 0 && k < v->nentries; k++)
		d->part[k] = v->entry[k].block == (size_t)block ? u[k] : 0;
	hg_ray ray = {walk, block >= 0 ? d->part : u, hg_line_of_direction(walk, direction, block)};
	const hg_along_all found = look(screen, &ray, step, v);
	hg_walk_home(walk);
	return found;
}
