/* Time and memory of each pathological document at two sizes: the ratio of the times shows what is not
 * linear. */
#include "pathological.h"

#include "lang/statement.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

static double now(void)
{
	struct timespec t;
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static double measure(const pathological *p, size_t bytes, size_t *memory)
{
	hg_buf buf = {0};
	hg_buf_text(&buf, p->head);
	while (buf.n < bytes)
		hg_buf_text(&buf, p->unit);
	hg_buf_text(&buf, p->tail);
	hg_arena *arena = hg_arena_new();
	hg_source source;
	hg_doc doc;
	hg_statements said;
	const char *trouble;
	double start = now();
	if (hg_source_of(p->path, hg_buf_slice(&buf), NULL, arena, &source, &trouble) == HG_OK)
		if (hg_doc_scan(&source, arena, &doc) == HG_OK)
			hg_parse(&doc, arena, &said);
	double t = now() - start;
	*memory = hg_arena_size(arena);
	hg_arena_free(arena);
	hg_buf_free(&buf);
	return t;
}

int main(void)
{
	double worst = 0, worst_ratio = 0;
	size_t most = 0, slow = 0;
	for (size_t i = 0; i < NPATHOLOGIES; i++) {
		size_t memory;
		double t1 = measure(&pathologies[i], 500000, &memory),
		       t2 = measure(&pathologies[i], 1000000, &memory);
		double ratio = t1 > 2e-4 ? t2 / t1 : 0;
		if (ratio > 2.6 || t2 > 0.1 || memory > 100u << 20)
			printf("%-10s head \"%.12s\" unit \"%.30s\": %.4f s, %.4f s, ratio %.2f, %.1f MB\n",
			       pathologies[i].path, pathologies[i].head, pathologies[i].unit, t1, t2, ratio,
			       (double)memory / 1e6);
		slow += ratio > 2.6;
		worst = t2 > worst ? t2 : worst;
		worst_ratio = ratio > worst_ratio ? ratio : worst_ratio;
		most = memory > most ? memory : most;
	}
	printf("%d documents of 1 MB: slowest %.3f s, most memory %.1f MB, largest t(2n)/t(n) %.2f, above 2.6: "
	       "%zu\n",
	       (int)NPATHOLOGIES, worst, (double)most / 1e6, worst_ratio, slow);
	return 0;
}
