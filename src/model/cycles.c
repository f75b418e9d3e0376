/* Equations that go in a circle: x = a^{(1)}, a^{(1)} = f(z^{(1)}), z^{(1)} = W^{(1)} x. No variable of the circle has a
 * value then, and nothing computed from one has. The equation that is not the document's own, or else the one it says
 * last, is let go; what rests on that choice can agree, but is never called wrong. A recurrence, h_t of h_{t-1}, is no
 * circle: it stays, and so does a name defined by itself. */
#include "model/building.h"

typedef struct walk {
	hg_doc_model *model;
	hg_var **path; /* from where the walk began to where it is */
	size_t length;
	bool *done;    /* of each variable: no circle goes through it */
	hg_var *open;  /* of the circle found: the one whose definition goes */
	const hg_local *local;
} walk;

static const hg_var *weaker(const hg_var *a, const hg_var *b)
{
	if (!a->def->guessed != !b->def->guessed)
		return a->def->guessed ? a : b;
	if (a->def->given != b->def->given)
		return a->def->given ? b : a;
	return a->def->statement >= b->def->statement ? a : b;
}

static void close_circle(walk *w, const hg_var *v)
{
	size_t from = w->length - 1;
	while (w->path[from] != v)
		from--;
	hg_var *weakest = w->path[from];
	for (size_t i = from + 1; i < w->length; i++)
		if (weaker(w->path[i], weakest) == w->path[i])
			weakest = w->path[i];
	if (w->length - from > 1)
		w->open = weakest;
}

static bool recurs(const hg_ref *ref)
{
	bool shifted = ref->sample && ref->sample->op == HG_OP_SUM_OF;
	for (size_t i = 0; i < ref->ncomp; i++)
		shifted = shifted || ref->comp[i]->op == HG_OP_SUM_OF;
	return shifted;
}

static bool see(void *self, const hg_expr *e);

static void follow(walk *w, hg_var *v)
{
	if (!v->def || w->done[v->id] || w->open)
		return;
	if (v->visiting) {
		close_circle(w, v);
		return;
	}
	const hg_local *kept = w->local;
	hg_local layer = {.name = v->letter, .node = HG_NODE_NONE, .index = (size_t)v->letter_value, .axis = HG_AXIS_LAYER};
	w->local = v->letter.n ? &layer : NULL;
	w->path[w->length++] = v;
	v->visiting = true;
	hg_expr_visit(v->def->right, see, w);
	v->visiting = false;
	w->length--;
	w->local = kept;
	w->done[v->id] = true;
}

static bool see(void *self, const hg_expr *e)
{
	walk *w = self;
	hg_ref ref;
	if (w->open || e->op == HG_OP_DERIV)
		return false;
	if ((e->op != HG_OP_NAME && e->op != HG_OP_POW && e->op != HG_OP_SLICE) ||
	    !hg_ref_of(e, &w->model->habits, w->model->arena, &ref))
		return true;
	hg_var *v = ref.gradient || ref.delta || recurs(&ref) ? NULL : hg_var_real(hg_model_find(w->model, &ref, w->local, false));
	if (v)
		follow(w, v);
	return ref.power && ref.power->op != HG_OP_NUM;
}

void hg_model_straighten(hg_doc_model *model)
{
	walk w = {.model = model};
	w.path = HG_NEWS(model->arena, model->nvars + 1, hg_var *);
	w.done = HG_NEWS(model->arena, model->nvars + 1, bool);
	for (size_t i = 0; w.path && w.done && i < model->nvars; i++) {
		hg_var *v = hg_var_real(model->var[i]);
		do {
			w.open = NULL;
			follow(&w, v);
			if (w.open) {
				w.open->guessed |= HG_GUESS_CONTESTED;
				w.open->def = NULL;
				for (size_t k = 0; k < model->nvars; k++)
					w.done[k] = false;
			}
		} while (w.open);
	}
}
