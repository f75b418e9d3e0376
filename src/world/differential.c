/* Total differentials, dY = (dX) A + X dA: with a direction for every dX the line speaks of, the left side is what Y changes by
 * along all of them, the derivative of Y times the direction, and the right side is a value like any other. */
#include "model/building.h"
#include "world/scene_parts.h"

enum { MOST_DIRECTIONS = 8 };

typedef struct directions {
	hg_scene *scene;
	hg_eval *ev;
	bool held;   /* something is held fixed, and not said to be constant */
	bool leaves; /* nothing but what is given, and named on no left side */
	size_t n;
	hg_var *of[MOST_DIRECTIONS];
	hg_ref ref[MOST_DIRECTIONS];
	const hg_expr *at[MOST_DIRECTIONS];
} directions;

/* An entry of the direction of a variable, the same wherever it is asked for: in (-1, 1). */
static double entry(const hg_var *v, size_t row, size_t col)
{
	unsigned h = 2166136261u;
	const size_t part[] = {v->id + 1, row + 3, col + 7};
	for (size_t i = 0; i < sizeof part / sizeof *part; i++)
		h = (h ^ (unsigned)part[i]) * 16777619u;
	h ^= h >> 15;
	h *= 2246822519u;
	h ^= h >> 13;
	return 2.0 * (h % 100003u) / 100003.0 - 1;
}

static bool locate(hg_eval *ev, const hg_ref *ref, const hg_var *v, const hg_expr *at, hg_cut *cut, hg_shape *shape)
{
	hg_ref plain = *ref;
	plain.gradient = plain.transposed = false;
	return hg_scene_locate(ev, &plain, v, at, cut, shape);
}

static double *direction_of(hg_eval *ev, const hg_var *v, const hg_cut *cut)
{
	double *x = HG_NEWS(ev->arena, cut->rows * cut->cols, double);
	for (size_t i = 0; x && i < cut->rows * cut->cols; i++)
		x[i] = entry(v, cut->row + i / cut->cols, cut->col + i % cut->cols);
	return x;
}

hg_node hg_scene_direction(hg_eval *ev, const hg_ref *ref, const hg_expr *at)
{
	hg_scene *scene = ev->self;
	hg_cut cut;
	hg_shape shape;
	const hg_var *v = hg_var_real(hg_model_find(scene->world->model, ref, ev->local, false));
	if (!v)
		return hg_eval_fail(ev, at, HG_CAUSE_GRADIENT_UNDEFINED);
	if (!locate(ev, ref, v, at, &cut, &shape))
		return HG_NODE_NONE;
	const double *x = direction_of(ev, v, &cut);
	hg_node node = x ? hg_tape_leaf(ev->tape, shape, x) : HG_NODE_NONE;
	return ref->transposed && node >= 0 ? hg_tape_unary(ev->tape, HG_TAPE_TRANSPOSE, node) : node;
}

static bool see(void *self, const hg_expr *e)
{
	directions *d = self;
	hg_doc_model *model = d->scene->world->model;
	hg_ref ref;
	if (!hg_name_at(e, &model->habits, d->ev->arena, &ref))
		return true;
	hg_var *v = ref.gradient && !ref.delta ? hg_var_real(hg_model_find(model, &ref, d->ev->local, false)) : NULL;
	for (size_t i = 0; v && i < d->n; i++)
		if (d->of[i] == v)
			return false;
	if (!v || d->n == MOST_DIRECTIONS || (d->leaves && v->def))
		return false;
	d->of[d->n] = v;
	d->at[d->n] = e;
	d->ref[d->n++] = ref;
	return false;
}

/* dA elsewhere: a line that leaves it out, where everything in it is given, forgets a term. */
static void see_elsewhere(directions *d)
{
	const hg_statements *said = d->scene->world->model->said;
	for (size_t i = 0; i < d->n; i++)
		if (d->of[i]->def)
			return;
	d->leaves = true;
	for (size_t i = 0; i < said->n; i++) {
		bool code = said->doc->stretch[said->at[i].stretch].kind == HG_STRETCH_CODE;
		for (size_t k = 1; k < said->at[i].nsides && !code; k++)
			if (said->at[i].side[k].e)
				hg_expr_visit(said->at[i].side[k].e, see, d);
	}
}

/* "C constant", "C is fixed": said right behind its name. */
static bool is_said_constant(const hg_doc *doc, hg_str name)
{
	enum { NEAR = 40 };
	static const char *const words[] = {HG_WORDS_CONSTANT, NULL};
	for (size_t i = 0; i + 1 < doc->nstretches; i++) {
		const hg_stretch *math = &doc->stretch[i], *prose = math + 1;
		hg_str text = hg_str_trim(hg_source_text(doc->source, math->span)), behind = hg_source_text(doc->source, prose->span);
		if (math->kind != HG_STRETCH_INLINE || prose->kind != HG_STRETCH_PROSE)
			continue;
		text = text.n && text.p[0] == '\\' ? hg_str_part(text, 1, text.n) : text;
		bool own = text.n >= name.n && hg_str_equal(hg_str_part(text, 0, name.n), name) && (text.n == name.n || text.p[name.n] == ' ' || text.p[name.n] == '\\');
		behind.n = behind.n < NEAR ? behind.n : NEAR;
		if (own && hg_str_says(behind, words))
			return true;
	}
	return false;
}

static bool see_held(void *self, const hg_expr *e)
{
	directions *d = self;
	hg_doc_model *model = d->scene->world->model;
	hg_ref ref;
	if (!hg_name_at(e, &model->habits, d->ev->arena, &ref))
		return !d->held;
	const hg_var *v = hg_var_real(hg_model_find(model, &ref, d->ev->local, false));
	bool known = !v || v->def;
	for (size_t i = 0; i < d->n; i++)
		known = known || d->of[i] == v;
	d->held = d->held || (!known && !is_said_constant(model->said->doc, hg_expr_spelling(e)));
	return false;
}

hg_node hg_scene_differential(hg_eval *ev, hg_node to, const hg_expr *of, const hg_expr *right)
{
	hg_scene *scene = ev->self;
	hg_doc_model *model = scene->world->model;
	directions d = {.scene = scene, .ev = ev};
	hg_expr_visit(right, see, &d);
	see_elsewhere(&d);
	if (of)
		hg_expr_visit(of, see_held, &d);
	if (d.held) /* d(X Y) = (dX) Y: right if Y is constant */
		return hg_eval_fail(ev, right, HG_CAUSE_HELD_FIXED);
	const hg_shape shape = hg_tape_shape(ev->tape, to);
	double *sum = HG_NEWS(ev->arena, shape.rows * shape.cols, double);
	for (size_t i = 0; sum && i < d.n; i++) {
		hg_cut cut;
		hg_shape below;
		for (size_t k = 0; k < d.n; k++) /* dE + dA, where E is computed from A: what E brings would count twice */
			if (k != i && hg_var_rests_on(model, d.of[k], d.of[i]))
				return hg_eval_fail(ev, right, HG_CAUSE_DIFFERENTIAL);
		if (!locate(ev, &d.ref[i], d.of[i], d.at[i], &cut, &below))
			return HG_NODE_NONE;
		const gsl_matrix *slope = hg_world_slope(scene->world, to, cut, ev->arena);
		const double *x = direction_of(ev, d.of[i], &cut);
		for (size_t r = 0; slope && x && r < slope->size1; r++)
			for (size_t c = 0; c < slope->size2; c++)
				sum[r] += gsl_matrix_get(slope, r, c) * x[c];
	}
	ev->differenced = true;
	return sum && d.n ? hg_tape_leaf(ev->tape, shape, sum) : HG_NODE_NONE;
}
