/* Replays the seeds: replay FOLDER. A seed's name may end in what must come of it: ".s2-u1" is two
 * statements, one of them not read whole; ".e" is refused. A failed invariant aborts. */
#include "target.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool as_expected(const char *name, const fuzz_result *r)
{
	const char *dot = strrchr(name, '.');
	size_t statements, unread;
	if (dot && strcmp(dot, ".e") == 0)
		return r->status != HG_OK;
	if (!dot || sscanf(dot, ".s%zu-u%zu", &statements, &unread) != 2)
		return true;
	return r->status == HG_OK && r->statements == statements && r->unread == unread;
}

static int replay(const char *folder, const char *name)
{
	char path[4096];
	static char bytes[1 << 20];
	snprintf(path, sizeof path, "%s/%s", folder, name);
	FILE *f = fopen(path, "rb");
	if (!f) {
		perror(path);
		return 1;
	}
	size_t n = fread(bytes, 1, sizeof bytes, f);
	fclose(f);
	fuzz_result r = fuzz_document((hg_str){bytes, n});
	if (as_expected(name, &r))
		return 0;
	printf("%s: status %d, %zu stretches, %zu notes, %zu statements, %zu unread\n", name, (int)r.status,
	       r.stretches, r.notes, r.statements, r.unread);
	return 1;
}

int main(int argc, char **argv)
{
	DIR *folder = argc > 1 ? opendir(argv[1]) : NULL;
	int failed = 0, seeds = 0;
	if (!folder) {
		fprintf(stderr, "usage: replay FOLDER\n");
		return 2;
	}
	for (struct dirent *entry; (entry = readdir(folder));)
		if (entry->d_name[0] != '.') {
			failed += replay(argv[1], entry->d_name);
			seeds++;
		}
	closedir(folder);
	printf("%d seeds, %d not as expected\n", seeds, failed);
	return failed || !seeds;
}
