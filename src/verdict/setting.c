#include "verdict/setting.h"

#include <math.h>
#include <string.h>

static bool calls_sum(const hg_expr *e)
{
	if (e->op == HG_OP_CALL && e->kid[0]->op == HG_OP_NAME && hg_fn_find(e->kid[0]->name) == HG_FN_SUM_OVER)
		return true;
	for (size_t i = 0; i < e->nkids; i++)
		if (calls_sum(e->kid[i]))
			return true;
	return false;
}

/* The document counts the outputs, or adds over them. */
static bool has_several_outputs(const hg_doc_model *model)
{
	if (model->axes.out_axis < HG_MOST_AXES && model->axes.axis_size[model->axes.out_axis])
		return true;
	const hg_var *of[2] = {model->lossy.loss, model->lossy.cost};
	for (size_t i = 0; i < 2; i++)
		if (of[i] && of[i]->def && (hg_expr_has(of[i]->def->right, HG_OP_NORM) ||
		                            (of[i]->per_sample_total && (hg_expr_has(of[i]->def->right, HG_OP_SUM) || calls_sum(of[i]->def->right)))))
			return true;
	return model->softmax;
}

static size_t plan_worlds(const hg_doc_model *model, hg_size_plan plan[HG_MAX_WORLDS], size_t *nprimary)
{
	static const size_t samples[] = {5, 2, 7, 1};
	bool outputs = model->axes.out_axis != HG_AXIS_ONE, many = outputs && has_several_outputs(model);
	size_t one = model->softmax ? 3 : many ? 2 : 1;
	*nprimary = 4;
	for (size_t i = 0; i < 4; i++)
		plan[i] = (hg_size_plan){samples[i], one + (many && i == 1)};
	if (outputs && !many) {
		plan[4] = (hg_size_plan){5, 2};
		plan[5] = (hg_size_plan){2, 3};
		return 6;
	}
	return 4;
}

static bool same(double a, double b) { return fabs(a - b) <= 1e-9 * fmax(fabs(a), fabs(b)); }

static double value_of(const hg_world *w, const hg_var *v)
{
	hg_node node = v ? w->node[v->id] : HG_NODE_NONE;
	const gsl_matrix *m = node >= 0 ? hg_tape_value(w->tape, node) : NULL;
	double sum = 0;
	for (size_t i = 0; m && i < m->size1 * m->size2; i++)
		sum += m->data[i];
	return m ? sum : NAN;
}

/* Is the student's loss the one that is given, or its part of one sample? If not it is let go, and the given one is taken for it. */
static void compare_losses(hg_doc_model *model, const hg_world *w)
{
	hg_var *loss = model->lossy.loss, *cost = model->lossy.cost;
	if (!loss || !cost || loss == cost || !loss->def || !cost->def || loss->def->given == cost->def->given)
		return;
	double sum = value_of(w, loss), total = value_of(w, cost);
	if (!isfinite(sum) || !isfinite(total) || same(sum, total) || same(sum / (double)w->m, total))
		return;
	hg_var *own = loss->def->given ? cost : loss, *given = loss->def->given ? loss : cost;
	model->lossy.contradicting = own->def;
	own->def = NULL;
	own->same = given;
	*(own == loss ? &model->lossy.loss : &model->lossy.cost) = NULL;
}

hg_status hg_setting_open(const hg_statements *said, const hg_statements *assignment, const hg_epochs *epochs, size_t section,
                          int variant, const hg_choices *taken, unsigned long seed, hg_arena *arena, hg_setting *s)
{
	hg_size_plan plan[HG_MAX_WORLDS];
	memset(s, 0, sizeof *s);
	HG_TRY(hg_model_of(said, assignment, epochs, section, variant, taken, arena, &s->model));
	size_t n = plan_worlds(&s->model, plan, &s->nprimary);
	HG_TRY(hg_world_build(&s->model, plan[0], seed * 101 + 1, arena, &s->world[0]));
	if (s->world[0].each < 0 && (s->model.lossy.loss || s->model.lossy.cost)) { /* an output that must lie between 0 and 1 */
		if (!taken->value[HG_CHOICE_FUNCTION])
			s->model.map.generic = HG_MAP_SIGMOID;
	}
	if (assignment)
		compare_losses(&s->model, &s->world[0]);
	hg_world_clear(&s->world[0]);
	for (size_t i = 0; i < n; i++) {
		HG_TRY(hg_world_build(&s->model, plan[i], seed * 101 + 17 * i + 1, arena, &s->world[i]));
		s->nworlds = i + 1;
	}
	return HG_OK;
}

void hg_setting_close(hg_setting *s)
{
	for (size_t i = 0; i < s->nworlds; i++)
		hg_world_clear(&s->world[i]);
	s->nworlds = 0;
}
