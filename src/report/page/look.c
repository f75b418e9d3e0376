#include "report/page/look.h"

#include "report/score.h"

hg_look hg_look_of(hg_finding_status status)
{
	static const struct {
		const char *symbol, *class;
	} look[HG_NSTATUSES] = {
		[HG_S_AGREES] = {"\u2713", "good"},      [HG_S_NOTATION] = {"\u2713", "good"},
		[HG_S_DISAGREES] = {"\u2717", "bad"},    [HG_S_CANNOT_READ] = {"?", "doubt"},
		[HG_S_CANNOT_TELL] = {"?", "doubt"}, [HG_S_DEFINED] = {"\u2254", "plain"},
		[HG_S_SKIPPED] = {"\u2013", "plain"},
	};
	return (hg_look){look[status].symbol, look[status].class, hg_finding_status_words(status, 1)};
}

bool hg_wants_card(const hg_finding *f)
{
	return f->status == HG_S_DISAGREES || f->status == HG_S_CANNOT_READ || f->status == HG_S_CANNOT_TELL;
}

const hg_cell_look hg_cells[HG_NCELLS] = {
#define HG_CELL_ROW(id, ...) {__VA_ARGS__},
#include "report/mathml/cells.def"
#undef HG_CELL_ROW
};
