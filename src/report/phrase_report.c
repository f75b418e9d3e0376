/* Phrases on a whole report: what it comes to, how sharp the check was, which conventions were read past. */
#include "report/phrase.h"

#include <string.h>

bool hg_is_all_right(const hg_report *r)
{
	return !r->trouble && !r->count[HG_S_DISAGREES] && !r->count[HG_S_CANNOT_READ] && !r->count[HG_S_CANNOT_TELL] &&
	       r->count[HG_S_AGREES] + r->count[HG_S_NOTATION];
}

void hg_say_need(const hg_report *r, hg_buf *out)
{
	size_t agree = r->count[HG_S_AGREES] + r->count[HG_S_NOTATION], wrong = r->count[HG_S_DISAGREES], follow = 0;
	size_t open = r->count[HG_S_CANNOT_READ] + r->count[HG_S_CANNOT_TELL], all = agree + wrong + open;
	for (size_t i = 0; i < r->nfindings; i++)
		follow += r->finding[i].status == HG_S_DISAGREES && r->finding[i].inherited_from;
	wrong -= follow;
	if (!all)
		hg_buf_text(out, "There was nothing to check: no equation says what a derivative is, or what a value is.");
	else if (agree == all)
		hg_buf_print(out, all == 1 ? "The one step agrees." : "All %zu steps agree.", all);
	else if (wrong)
		hg_buf_print(out, "%zu of %zu %s you", wrong, all, all == 1 ? "step needs" : wrong == 1 ? "steps needs" : "steps need");
	else
		hg_buf_print(out, "%zu of %zu %s", agree, all, all == 1 ? "step agrees" : agree == 1 ? "steps agrees" : "steps agree");
	if (follow)
		hg_buf_print(out, "; %zu more %s from %s", follow, follow == 1 ? "follows" : "follow", wrong == 1 ? "it" : "them");
	if (open)
		hg_buf_print(out, "; %zu I cannot tell", open);
	hg_buf_text(out, all && agree < all ? "." : "");
}

void hg_say_sharpness(const hg_power *p, hg_buf *out)
{
	if (!p->planted)
		return;
	hg_buf_print(out, "How sharp was this check? %zu of %zu typical mistakes, put in on purpose, were noticed.", p->refused,
	             p->planted);
	for (size_t i = 0; i < p->nblind; i++)
		hg_buf_print(out, "%s %s", i ? "," : " It would not have noticed:", p->blind[i]);
	hg_buf_text(out, p->nblind ? "." : "");
}

size_t hg_convention_times(const hg_report *r, size_t finding, const char *id)
{
	size_t times = 0;
	for (size_t i = 0; i < r->nfindings; i++)
		for (size_t k = 0; k < r->finding[i].nnotation; k++) {
			if (strcmp(r->finding[i].notation[k], id) != 0)
				continue;
			if (i < finding)
				return 0;
			times++;
		}
	return times;
}

void hg_say_conventions(const hg_report *r, hg_buf *out)
{
	size_t before = out->n;
	for (size_t i = 0; i < r->nfindings; i++)
		for (size_t k = 0; k < r->finding[i].nnotation; k++) {
			const char *id = r->finding[i].notation[k];
			size_t times = hg_convention_times(r, i, id);
			if (!times)
				continue;
			hg_buf_print(out, out->n > before ? ", %s" : "%s", id);
			if (times > 1)
				hg_buf_print(out, " (%zu times)", times);
		}
}
