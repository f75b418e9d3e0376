#include "guest/parts.h"

#include "base/clock.h"
#include "base/descriptors.h"
#include "base/status.h"
#include "derive/derive.h"
#include "guest/resident.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

_Thread_local hg_guest *hg_guest_at_work;

/* ---- the end ----------------------------------------------------------------------------------------------------- */

/* Ends the process, and whatever it may have started; how it ended by itself, or 0. */
static int end(hg_guest *guest)
{
	int state = 0;
	if (!guest->pid)
		return 0;
	const bool ended = waitpid(guest->pid, &state, WNOHANG) == guest->pid;
	kill(-guest->pid, SIGKILL);
	if (!ended)
		while (waitpid(guest->pid, NULL, 0) < 0 && errno == EINTR)
			;
	guest->pid = 0;
	return ended ? state : 0;
}

void hg_guest_fail(hg_guest *guest, const char *format, ...)
{
	char text[512];
	va_list args;
	va_start(args, format);
	vsnprintf(text, sizeof text, format, args);
	va_end(args);
	end(guest);
	if (!guest->trouble)
		guest->trouble = hg_arena_print(guest->arena, "%s: %s", guest->path, text);
	if (!guest->trouble)
		guest->trouble = hg_status_text(HG_ENOMEM);
}

/* What it was asked for, as the end of a sentence. */
static const char *asked(const hg_guest *guest, hg_wire_what what, size_t which, char text[static 160])
{
	static const char *const of[] = {
		[HG_ASK_VALUE] = "value of stage",       [HG_ASK_GRADIENT] = "gradient of stage",
		[HG_ASK_TWIN] = "twin of stage",         [HG_ASK_KEEP] = "keep() of stage",
		[HG_ASK_POKE] = "poke() of stage",       [HG_ASK_DROP] = "drop() of stage",
	};
	if (what == HG_ASK_RECORD)
		return "while it was loaded";
	if (what == HG_ASK_POINT)
		snprintf(text, 160, "in point %zu", which);
	else if (what == HG_ASK_TWIN && which < guest->record.ntwins)
		snprintf(text, 160, "in a %s %s", of[what], guest->record.twin[which].stage);
	else if (what >= HG_ASK_POKE && which < HG_WIRE_KEPT)
		snprintf(text, 160, "in the %s %s", of[what], guest->record.stage[guest->kept[which].stage].name);
	else if (which < guest->record.nstages)
		snprintf(text, 160, "in the %s %s", of[what], guest->record.stage[which].name);
	else
		return "";
	return text;
}

static void note_end(hg_guest *guest, const char *where)
{
	/* The socket closes a moment before the process can be waited for. */
	for (int k = 0; k < 200 && kill(guest->pid, 0) == 0; k++) {
		siginfo_t info = {0};
		if (waitid(P_PID, (id_t)guest->pid, &info, WEXITED | WNOHANG | WNOWAIT) == 0 && info.si_pid)
			break;
		poll(NULL, 0, 1);
	}
	const int state = end(guest);
	if (WIFSIGNALED(state) && (WTERMSIG(state) == SIGXCPU || WTERMSIG(state) == SIGKILL))
		hg_guest_fail(guest, "the module took more than %zu s of computing, the last of them %s (limit: %s)",
		              guest->limits.most[HG_LIMIT_MODULE_SECONDS], where, hg_limit_name(HG_LIMIT_MODULE_SECONDS));
	else if (WIFSIGNALED(state))
		hg_guest_fail(guest, "the module crashed %s (signal %d, %s)", where, WTERMSIG(state),
		              strsignal(WTERMSIG(state)));
	else
		hg_guest_fail(guest, "the module ended the process %s", where);
}

/* ---- asking -------------------------------------------------------------------------------------------------------- */

static bool wait_turn(hg_guest *guest, const char *where)
{
	const long long until = hg_now_ms() + (long long)guest->limits.most[HG_LIMIT_MODULE_MS];
	for (;;) {
		char turn;
		struct pollfd fd = {guest->socket, POLLIN, 0};
		const long long left = until - hg_now_ms();
		const int ready = left > 0 ? poll(&fd, 1, (int)left) : 0;
		if (ready == 0) {
			hg_guest_fail(guest, "the module gave no answer within %zu ms %s (limit: %s)",
			              guest->limits.most[HG_LIMIT_MODULE_MS], where, hg_limit_name(HG_LIMIT_MODULE_MS));
			return false;
		}
		const ssize_t n = ready > 0 ? recv(guest->socket, &turn, 1, 0) : -1;
		if (n == 1)
			return true;
		if (n < 0 && errno == EINTR)
			continue;
		note_end(guest, where);
		return false;
	}
}

bool hg_guest_ask(hg_guest *guest, hg_wire_what what, size_t which)
{
	char text[160];
	if (guest->trouble)
		return false;
	if (!hg_budget_spend(&guest->limits, HG_LIMIT_MODULE_CALLS, 1)) {
		hg_guest_fail(guest, "%s", hg_limit_message(&guest->limits, HG_LIMIT_MODULE_CALLS, guest->arena));
		return false;
	}
	if (what != HG_ASK_RECORD) { /* that is told unasked, as soon as the process lives: the memory is not ours then */
		guest->wire->ask.what = what;
		guest->wire->ask.which = which;
		guest->wire->answer = (hg_answer){.failed = HG_EFUNC};
		send(guest->socket, "", 1, MSG_NOSIGNAL);
	}
	if (!wait_turn(guest, asked(guest, what, which, text)))
		return false;
	memcpy(&guest->answer, &guest->wire->answer, sizeof guest->answer);
	return true;
}

/* ---- the beginning --------------------------------------------------------------------------------------------------- */

static hg_status start(hg_guest *guest, const char *module, const char *const names[])
{
	int ends[2];
	guest->wire = mmap(NULL, sizeof *guest->wire, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (guest->wire == MAP_FAILED || socketpair(AF_UNIX, SOCK_STREAM, 0, ends) != 0)
		return HG_ENOMEM;
	hg_ours_alone(ends[0]);
	hg_ours_alone(ends[1]);
	guest->socket = ends[0];
	guest->wire->ask.what = HG_ASK_RECORD;
	guest->wire->answer.failed = HG_EFUNC;
	fflush(NULL);
	guest->pid = fork();
	if (guest->pid == 0)
		hg_guest_live(guest->wire, ends[1], module, names, &guest->limits);
	close(ends[1]);
	if (guest->pid < 0) {
		guest->pid = 0;
		return HG_ENOMEM;
	}
	setpgid(guest->pid, guest->pid);
	return HG_OK;
}

/* In a folder of its own, which is gone when the module is loaded. */
static hg_status build_and_start(hg_guest *guest, const hg_guest_source *source)
{
	const char *tmp = getenv("TMPDIR"), *why = NULL;
	char *folder = hg_arena_print(guest->arena, "%s/handgrad-XXXXXX", tmp && *tmp ? tmp : "/tmp");
	if (!folder || !mkdtemp(folder)) {
		hg_guest_fail(guest, "no folder for its object: %s", strerror(errno));
		return HG_EIO;
	}
	const char *const *names = hg_guest_names(source, guest->arena);
	const char *module = hg_arena_print(guest->arena, "%s/module.so", folder);
	const char *header = hg_arena_print(guest->arena, "%s/handgrad.h", folder);
	const char *copy = hg_arena_print(guest->arena, "%s/module.c", folder);
	hg_status status = names && module && header && copy ? HG_OK : HG_ENOMEM;
	if (status == HG_OK && !hg_guest_compile(source, folder, guest->arena, &why)) {
		hg_guest_fail(guest, "%s", why);
		status = HG_EIO;
	}
	if (status == HG_OK)
		status = start(guest, module, names);
	if (status == HG_OK && !(hg_guest_ask(guest, HG_ASK_RECORD, 0) && hg_guest_read_record(guest)))
		status = HG_EIO;
	if (module && header && copy) {
		unlink(module);
		unlink(header);
		unlink(copy);
	}
	rmdir(folder);
	return status;
}

hg_status hg_guest_open(const hg_guest_source *source, const hg_budget *limits, hg_arena *arena, hg_guest **out,
                        const char **trouble)
{
	hg_guest *guest = HG_NEW(arena, hg_guest);
	*out = NULL;
	*trouble = NULL;
	if (!guest)
		return HG_ENOMEM;
	*guest = (hg_guest){.path = source->path, .socket = -1, .limits = *limits, .arena = arena};
	const hg_status status = build_and_start(guest, source);
	*trouble = guest->trouble;
	if (status != HG_OK)
		hg_guest_close(guest);
	else
		*out = guest;
	return status;
}

void hg_guest_close(hg_guest *guest)
{
	if (!guest)
		return;
	end(guest);
	if (guest->socket >= 0)
		close(guest->socket);
	if (guest->wire && guest->wire != MAP_FAILED)
		munmap(guest->wire, sizeof *guest->wire);
}

const hg_derivation *hg_guest_record(const hg_guest *guest) { return &guest->record; }

static hg_status derive(hg_guest *guest, const hg_derivation *of, const hg_settings *settings, hg_arena *arena,
                        hg_report *report, const char **trouble)
{
	hg_guest *before = hg_guest_at_work;
	if (!of->npoints)
		hg_guest_fail(guest, "its record has no points");
	hg_guest_at_work = guest;
	const hg_status status = guest->trouble ? HG_EIO : hg_derive(of, settings, arena, report);
	hg_guest_at_work = before;
	report->title = guest->path;
	*trouble = guest->trouble;
	return guest->trouble ? HG_EIO : status;
}

hg_status hg_guest_derive(hg_guest *guest, const hg_settings *settings, hg_arena *arena, hg_report *report,
                          const char **trouble)
{
	return derive(guest, &guest->record, settings, arena, report, trouble);
}

static const hg_stage *stage_of(const hg_derivation *of, const char *name)
{
	for (size_t s = 0; s < of->nstages; s++)
		if (!strcmp(of->stage[s].name, name))
			return &of->stage[s];
	return NULL;
}

hg_status hg_guest_derive_against(hg_guest *guest, hg_guest *claims, const hg_settings *settings, hg_arena *arena,
                                  hg_report *report, const char **trouble)
{
	hg_derivation both = guest->record;
	hg_stage *stage = HG_NEWS(arena, both.nstages + 1, hg_stage);
	hg_twin *twin = HG_NEWS(arena, both.ntwins + 1, hg_twin);
	if (!stage || !twin)
		return HG_ENOMEM;
	both.stage = stage;
	both.twin = twin;
	both.nstages = both.ntwins = 0;
	for (size_t s = 0; s < guest->record.nstages; s++) {
		const hg_stage *theirs = stage_of(&claims->record, guest->record.stage[s].name);
		if (!theirs)
			continue;
		stage[both.nstages] = guest->record.stage[s];
		stage[both.nstages++].g = theirs->g;
	}
	for (size_t t = 0; t < guest->record.ntwins; t++)
		if (stage_of(&both, guest->record.twin[t].stage))
			twin[both.ntwins++] = guest->record.twin[t];
	guest->claims = claims;
	hg_status status = derive(guest, &both, settings, arena, report, trouble);
	guest->claims = NULL;
	if (claims->trouble)
		*trouble = claims->trouble;
	return claims->trouble ? HG_EIO : status;
}
