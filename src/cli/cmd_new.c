/* handgrad new NAME: the skeleton of a derivation, NAME.c, which `handgrad derive NAME.c` judges as it stands. */
#include "cli/command.h"
#include "cli/complain.h"
#include "cli/print.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

extern const char hg_skeleton[]; /* skeleton.c, a derivation called NAME */
extern const size_t hg_skeleton_size;

/* A name of C, so that it can end that of the record. */
static bool is_identifier(const char *name)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789";
	return *name && !strchr("0123456789", *name) && strspn(name, letters) == strlen(name) && strlen(name) <= 64;
}

static void fill_in(const char *name, hg_buf *out)
{
	hg_str rest = {hg_skeleton, hg_skeleton_size};
	for (size_t at; (at = hg_str_find(rest, HG_STR("NAME"))) != (size_t)-1; rest = hg_str_part(rest, at + 4, rest.n)) {
		hg_buf_add(out, rest.p, at);
		hg_buf_text(out, name);
	}
	hg_buf_str(out, rest);
}

/* A file that is there is never written over. */
static bool write_new(const char *path, hg_str text)
{
	const int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
	if (fd < 0)
		return false;
	FILE *out = fdopen(fd, "w");
	bool well = out && fwrite(text.p, 1, text.n, out) == text.n;
	well = out ? fclose(out) == 0 && well : false;
	if (!out)
		close(fd);
	if (!well) {
		const int why = errno;
		unlink(path);
		errno = why;
	}
	return well;
}

static int new_derivation(const char *name)
{
	char path[128];
	hg_buf text = {0};
	if (!is_identifier(name)) {
		hg_complain("'%s' cannot name a derivation: letters, digits and _ can, at most 64", name);
		return 3;
	}
	snprintf(path, sizeof path, "%s.c", name);
	fill_in(name, &text);
	int code = 3;
	if (text.failed)
		hg_complain("%s", hg_status_text(HG_ENOMEM));
	else if (!write_new(path, hg_buf_slice(&text)))
		hg_complain("%s: %s", path, strerror(errno));
	else
		code = 0;
	hg_buf_free(&text);
	return code;
}

int hg_cmd_new(const hg_options *o)
{
	hg_buf said = {0};
	int code = o->nargs ? 0 : 3;
	if (!o->nargs)
		hg_complain("new what? a name, such as huber");
	for (size_t i = 0; i < o->nargs; i++) {
		const int one = new_derivation(o->args[i]);
		if (one == 0)
			hg_buf_print(&said, "%s.c: next, handgrad derive %s.c\n", o->args[i], o->args[i]);
		code = one ? one : code;
	}
	if (!said.failed)
		hg_print(hg_buf_slice(&said));
	hg_buf_free(&said);
	return code;
}
