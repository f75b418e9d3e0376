#include "claim/hold.h"
#include "claim/line_conditions.h"

#include <math.h>
#include <string.h>

/* ---- binding ------------------------------------------------------------------------------------------------------------- */

hg_status hg_claim_bind(hg_setting *setting, const char *id, const hg_expr *left, const hg_expr *right, bool code,
                        bool batch_first, hg_arena *arena, hg_claim *claim)
{
	hg_claim_binding *b = HG_NEW(arena, hg_claim_binding);
	hg_reading list[HG_MAX_READINGS];
	if (!b)
		return HG_ENOMEM;
	hg_ref named;
	const hg_expr *derivative = NULL;
	if (hg_name_at(left, &setting->model.habits, arena, &named) && !named.gradient) {
		const hg_var *v = named.delta ? NULL : hg_var_real(hg_model_find(&setting->model, &named, NULL, false));
		derivative = hg_model_signal_beside(&setting->model, &named, v, arena);
	}
	if (derivative)
		left = derivative;
	b->setting = setting;
	const hg_expr *whole_left = left, *whole_right = right;
	left = hg_without_condition(left);
	right = hg_without_condition(right);
	hg_line_of(&setting->model, left, right, &b->line);
	b->line.differentials = !code && hg_line_is_of_differentials(&setting->model, left, right);
	hg_line_conditions(&setting->model, setting->model.at, whole_left, whole_right, &b->line);
	*claim = (hg_claim){.id = id, .left = left, .right = right, .binding = b, .sort = HG_SORT_EQUALITY};
	b->asked = (hg_asked){.left = left, .right = right, .line = &b->line, .code = code, .strict = derivative && named.delta && !named.layer};
	b->nreadings = hg_readings_of(&setting->model, left, &b->line, code, batch_first, list);
	b->reading = HG_NEWS(arena, b->nreadings + 1, hg_reading);
	if (!b->reading)
		return HG_ENOMEM;
	memcpy(b->reading, list, b->nreadings * sizeof *list);
	claim->struck = b->line.cancels;
	hg_ref ref;
	bool gradient = hg_ref_of(left, &setting->model.habits, arena, &ref) && (ref.gradient || ref.delta);
	if (gradient || left->op == HG_OP_DERIV)
		claim->sort = HG_SORT_DERIVATIVE;
	if (left->op == HG_OP_DERIV && left->nkids > 1) {
		claim->target = left->kid[0];
		claim->variable = left->kid[1];
	}
	if (hg_ref_of(claim->variable ? claim->variable : left, &setting->model.habits, arena, &ref))
		b->asked.layer = ref.layer;
	claim->batch = b->nreadings && b->reading[0].view == HG_VIEW_BATCH;
	claim->per_sample_name = setting->model.habits.cases;
	return hg_claim_add_names(setting, arena, claim);
}

/* ---- asking ----------------------------------------------------------------------------------------------------------------- */

static bool better(const hg_try *a, const hg_try *b) { return a->fit < b->fit; }

/* The question with another right side, if there is one. */
static hg_asked question(const hg_claim *claim, const hg_expr *right, hg_line *line)
{
	const hg_claim_binding *b = claim->binding;
	hg_asked asked = b->asked;
	if (right) {
		asked.right = right;
		hg_line_of(&b->setting->model, asked.left, right, line);
		hg_line_inherit(line, &b->line);
		asked.line = line;
	}
	hg_hold *hold = b->setting->hold;
	if (hold) {
		hg_hold_ask(hold, &asked);
		asked.recall = hold->recall;
	}
	return asked;
}

/* One reading in all the worlds it must hold in, up to the first where it does not. */
typedef struct course {
	hg_try first, last;  /* in the first world; in the last that was tried */
	size_t held;         /* worlds it holds in */
	double scale, left;  /* the largest entries, and those of the left side */
} course;

static hg_status run(const hg_asked *asked, hg_setting *s, hg_arena *arena, course *c)
{
	*c = (course){.last = {.fit = HG_FIT_AGREES}};
	while (c->held < s->nprimary) {
		HG_TRY(hg_reading_try(asked, &s->world[c->held], arena, &c->last));
		c->scale = fmax(c->scale, c->last.scale);
		c->left = fmax(c->left, c->last.left_scale);
		if (!c->held)
			c->first = c->last;
		bool nothing_left = c->last.fit == HG_FIT_DIFFERS && c->held && c->last.scale < 1e-8 * c->scale;
		if (c->last.fit != HG_FIT_AGREES && !nothing_left) /* where all cancels there is mere rounding */
			break;
		c->held++;
	}
	return HG_OK;
}

/* It agrees; does it with another number of outputs? */
static hg_status agreed(hg_asked *asked, hg_setting *s, const course *c, hg_arena *arena, hg_outcome_of_side *o)
{
	if (c->first.index_dropped)
		asked->reading.notation |= 1u << HG_NOTE_INDEX;
	if (c->first.numerator)
		asked->reading.notation |= 1u << HG_NOTE_NUMERATOR;
	*o = (hg_outcome_of_side){.agrees = true, .reading = asked->reading, .try = c->first, .vacuous = c->scale < 1e-9};
	for (size_t w = s->nprimary; w < s->nworlds && !o->one_output; w++) {
		hg_try t;
		HG_TRY(hg_reading_try(asked, &s->world[w], arena, &t));
		o->one_output = t.fit == HG_FIT_DIFFERS || t.fit == HG_FIT_SHAPE;
		o->several_misfit = t.fit == HG_FIT_NONE && t.misfit;
	}
	return HG_OK;
}

static hg_status ask(const hg_claim_binding *b, hg_asked asked, hg_arena *arena, hg_outcome_of_side *o)
{
	bool nothing = true;
	bool shaped = false; /* a literal reading had a value of the right shape */
	*o = (hg_outcome_of_side){.try = {.fit = HG_FIT_NONE, .to = HG_NODE_NONE}};
	for (size_t i = 0; i < b->nreadings && !o->limited; i++) {
		course c;
		asked.reading = b->reading[i];
		if (asked.reading.fallback && shaped)
			continue;
		HG_TRY(run(&asked, b->setting, arena, &c));
		const hg_try *t = &c.last;
		shaped = shaped || (!asked.reading.pretend && t->fit == HG_FIT_DIFFERS);
		nothing = nothing && t->known && c.left < 1e-10;
		o->misfit = o->misfit || (t->fit == HG_FIT_NONE && t->misfit) || t->fit == HG_FIT_SHAPE;
		if (c.held == b->setting->nprimary)
			return agreed(&asked, b->setting, &c, arena, o);
		if (t->fit == HG_FIT_NONE && !o->trouble)
			o->trouble = t->trouble, o->at = t->at;
		if (!i || better(t, &o->try)) {
			o->reading = asked.reading;
			o->try = *t;
			o->world = c.held;
		}
		if (t->limited) /* what could not be tried might have agreed */
			*o = (hg_outcome_of_side){.try = *t, .reading = asked.reading, .limited = true, .trouble = t->trouble};
	}
	o->independent = nothing && b->nreadings && !o->limited;
	return HG_OK;
}

hg_status hg_claim_ask(const hg_claim *claim, const hg_expr *right, hg_arena *arena, hg_outcome_of_side *o)
{
	hg_line edited;
	hg_claim_binding *b = claim->binding;
	HG_TRY(ask(b, question(claim, right, &edited), arena, o));
	if (!right) {
		b->answered = true;
		b->answer = o->reading;
	}
	return HG_OK;
}

/* The letters take some values only: is it right for those? */
static hg_status right_for(const hg_claim *claim, hg_indices indices, hg_arena *arena, hg_outcome_of_side *o)
{
	hg_claim_binding some = *(const hg_claim_binding *)claim->binding;
	some.reading = HG_NEWS(arena, some.nreadings + 1, hg_reading);
	if (!some.reading)
		return HG_ENOMEM;
	memcpy(some.reading, ((const hg_claim_binding *)claim->binding)->reading, some.nreadings * sizeof *some.reading);
	for (size_t i = 0; i < some.nreadings; i++)
		some.reading[i].indices = indices;
	return ask(&some, some.asked, arena, o);
}

static bool has_letter(const hg_expr *e)
{
	bool found = false;
	for (size_t i = 0; i < e->nindex; i++)
		found = found || (!e->index[i].sup && hg_is_index_letter(e->index[i].e));
	return found;
}

/* dp_i / dz_j */
static bool is_entry_by_entry(const hg_expr *left)
{
	return left->op == HG_OP_DERIV && left->nkids > 1 && has_letter(left->kid[0]) && has_letter(left->kid[1]);
}

hg_status hg_claim_some_indices(const hg_claim *claim, hg_arena *arena, bool *found)
{
	const hg_claim_binding *b = claim->binding;
	static const hg_indices some[] = {HG_INDICES_UNEQUAL, HG_INDICES_EQUAL};
	bool correct = b->setting->model.counting.correct != NULL;
	*found = false;
	if (b->line.nletters + correct < 2 || !(correct || is_entry_by_entry(b->asked.left)))
		return HG_OK;
	for (size_t i = 0; i < sizeof some / sizeof *some && !*found; i++) {
		hg_outcome_of_side o;
		HG_TRY(right_for(claim, some[i], arena, &o));
		*found = o.agrees && !o.vacuous;
	}
	return HG_OK;
}

static size_t nodes_of(const hg_expr *e)
{
	size_t n = 1;
	for (size_t i = 0; i < e->nkids; i++)
		n += nodes_of(e->kid[i]);
	return n;
}

hg_status hg_claim_try(const hg_claim *claim, const hg_expr *edited, hg_arena *scratch, hg_answer *answer)
{
	hg_outcome_of_side o;
	hg_line line;
	enum { LOOKS = 60 }; /* every node is looked at again, whatever is known of its value */
	*answer = HG_ANSWER_UNREAD;
	if (!hg_budget_step(hg_tape_budget(((hg_claim_binding *)claim->binding)->setting->world[0].tape), LOOKS * nodes_of(edited ? edited : claim->right)))
		return HG_OK;
	hg_mark mark = hg_arena_mark(scratch);
	hg_asked asked = question(claim, edited, &line);
	asked.agreement_only = true;
	hg_status status = ask(claim->binding, asked, scratch, &o);
	hg_arena_release(scratch, mark);
	HG_TRY(status);
	*answer = o.agrees ? o.reading.notation ? HG_ANSWER_NOTATION : HG_ANSWER_AGREES
	          : o.try.fit == HG_FIT_DIFFERS ? HG_ANSWER_DIFFERS
	                                        : HG_ANSWER_UNREAD;
	return HG_OK;
}

hg_status hg_claim_grid(const hg_claim *claim, const hg_expr *edited, size_t world, hg_arena *arena, hg_grid *grid,
                        size_t *nworlds)
{
	hg_claim_binding *b = claim->binding;
	hg_line line;
	*nworlds = b->setting->nprimary;
	*grid = (hg_grid){0};
	if (world >= *nworlds)
		return HG_OK;
	hg_asked asked = question(claim, edited, &line);
	hg_outcome_of_side o = {.reading = b->answer};
	if (edited || !b->answered)
		HG_TRY(hg_claim_ask(claim, edited, arena, &o));
	asked.reading = o.reading;
	hg_try t;
	HG_TRY(hg_reading_try(&asked, &b->setting->world[world], arena, &t));
	if (t.fit > HG_FIT_DIFFERS || !t.numerical)
		return HG_OK;
	double *abserr = HG_NEWS(arena, t.rows * t.cols, double);
	if (!abserr)
		return HG_ENOMEM;
	for (size_t i = 0; i < t.rows * t.cols; i++)
		abserr[i] = hg_reading_tolerance * t.scale;
	*grid = (hg_grid){.name = "", .rows = t.rows, .cols = t.cols, .claimed = t.claimed, .numerical = t.numerical, .abserr = abserr};
	return HG_OK;
}

hg_status hg_claim_under(const hg_claim *claim, const hg_expr *left, hg_arena *arena, hg_claim *other)
{
	const hg_claim_binding *b = claim->binding;
	return hg_claim_bind(b->setting, claim->id, left, claim->right, b->asked.code, claim->batch, arena, other);
}
