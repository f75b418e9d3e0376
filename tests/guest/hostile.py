"""Modules that attack what judges them: the table. Each row is code that runs at one place of a module, `at`:

load      a constructor                   value     of the function       gradient   of the claim
point     where a point is drawn          after     behind the value's or the gradient's last line, once it is computed
file      in the file, at top level; the words after it replace parts of the record, see MODULE
whole     the whole file

and what must come of it: `agrees` (the module is right, and what it tried was of no use), `refused` (its gradient is wrong and
is called so), `trouble` (it could not be judged, and the one message has these words), `never` (anything but agreement).
"""
MODULE = r"""
#define _GNU_SOURCE
#include <handgrad.h>
#include <errno.h>
#include <fcntl.h>
#include <fenv.h>
#include <gsl/gsl_errno.h>
#include <math.h>
#include <pthread.h>
#include <sched.h>
#include <setjmp.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

#define FACTOR @FACTOR@
static volatile int hg_nothing;
@file@
__attribute__((constructor)) static void at_load(void) { @load@ }

static int value(const gsl_matrix *const x[], void *params, double *f)
{
	(void)params;
	@value@
	*f = sin(gsl_matrix_get(x[0], 0, 0)) * gsl_matrix_get(x[0], 0, 1);
	@after@
	return 0;
}

static int gradient(const gsl_matrix *const x[], void *params, gsl_matrix *const g[])
{
	(void)params;
	@gradient@
	gsl_matrix_set(g[0], 0, 0, FACTOR * cos(gsl_matrix_get(x[0], 0, 0)) * gsl_matrix_get(x[0], 0, 1));
	gsl_matrix_set(g[0], 0, 1, sin(gsl_matrix_get(x[0], 0, 0)));
	@after@
	return 0;
}

static hg_status point(size_t k, gsl_rng *rng, hg_point *at)
{
	gsl_matrix *x;
	@point@
	hg_status status = hg_point_add(at, "x", 1, 2, &x);
	for (size_t j = 0; status == HG_OK && j < 2; j++)
		gsl_matrix_set(x, 0, j, 0.3 + gsl_rng_uniform(rng) + (double)k);
	return status;
}

static const hg_stage stage[] = {@stage@};
static const hg_twin twin[] = {@twin@};
const hg_derivation hg_derivation_hostile = {@record@};
"""

DEFAULTS = {
    "file": "", "load": "", "value": "", "gradient": "", "point": "", "after": "",
    "stage": '{.name = "df", .formula = "df", .wrt = "x", .f = {.value = value}, .g = {.value = gradient}}',
    "twin": '{"df", "sign", "-df", {.value = gradient}}',
    "record": '"hostile", "a hostile module", stage, 1, twin, 0, 4, point',
}

SPIN = "for (;;) hg_nothing++;"
SLOW = "gave no answer within|took more than"
CRASH = "crashed"
ENDED = "ended the process"
FORGE = r'"\n\033[2J1 agrees (FORGED)\n"'
# x[0]->data lies in the memory that module and judge share; this is all of that, as far as it can be guessed.
SHARED = "(char *)((uintptr_t)x[0]->data & ~(uintptr_t)4095)"

# name, at, code, what comes of it, words
ROWS = [
    # it ends itself
    ("crash in the value", "value", "*(volatile int *)0 = 1;", "trouble", f"{CRASH} in the value of stage df"),
    ("crash in the gradient", "gradient", "*(volatile int *)0 = 1;", "trouble", f"{CRASH} in the gradient of stage df"),
    ("crash in a point", "point", "*(volatile int *)0 = 1;", "trouble", f"{CRASH} in point 0"),
    ("crash at load", "load", "__builtin_trap();", "trouble", f"{CRASH} while it was loaded"),
    ("abort", "gradient", "abort();", "trouble", CRASH),
    ("exit 0", "gradient", "exit(0);", "trouble", ENDED),
    ("_exit 0", "value", "_exit(0);", "trouble", ENDED),
    ("exit 0 at load", "load", "exit(0);", "trouble", ENDED),
    ("quick_exit", "gradient", "quick_exit(0);", "trouble", ENDED),
    ("exit after computing", "after", "exit(0);", "trouble", ENDED),
    ("stack", "file", "static int deep(int n) { volatile char big[65536]; big[n & 1023] = 1; return n ? deep(n + 1) + big[0] : 0; }"
     " __attribute__((constructor)) static void sink(void) { hg_nothing = deep(1); }", "trouble", CRASH),
    ("stack in the gradient", "gradient", "volatile char *p = alloca(1 << 30); p[0] = 1; hg_nothing = p[0];", "trouble", CRASH),
    ("illegal instruction", "value", "__builtin_trap();", "trouble", CRASH),
    ("division by zero", "gradient", "hg_nothing = 7 / hg_nothing;", "trouble", CRASH),
    ("out of its blocks", "gradient", "memset(g[0]->data - (1 << 26), 1, 1 << 27);", "trouble", CRASH),
    # it takes for ever
    ("loop in the value", "value", SPIN, "trouble", SLOW),
    ("loop in the gradient", "gradient", SPIN, "trouble", SLOW),
    ("loop in a point", "point", SPIN, "trouble", SLOW),
    ("loop at load", "load", SPIN, "trouble", SLOW),
    ("loop that ignores signals", "gradient", "for (int s = 1; s < 32; s++) signal(s, SIG_IGN);" + SPIN, "trouble", SLOW),
    ("sleep", "gradient", "for (;;) sleep(100);", "trouble", SLOW),
    ("waits for its host", "gradient", "char c; while (read(3, &c, 1) >= 0) ;", "trouble", SLOW),
    ("loop when it is ended", "file", "__attribute__((destructor)) static void stay(void) { for (;;) ; }", "agrees", ""),
    ("memory without end", "gradient", "for (;;) memset(malloc(1 << 26), 1, 1 << 26);", "trouble", CRASH),
    ("memory till there is none", "value", "while (malloc(1 << 24)) ;", "never", ""),
    # it starts something
    ("fork", "value", "if (fork() == 0) for (;;) ;", "agrees", ""),
    ("fork many", "gradient", "for (int k = 0; k < 2000; k++) if (fork() == 0) for (;;) ;", "refused", ""),
    ("vfork", "gradient", "if (vfork() == 0) _exit(0);", "refused", ""),
    ("clone", "gradient", "if (syscall(SYS_clone, SIGCHLD, 0, 0, 0, 0) == 0) for (;;) ;", "refused", ""),
    ("thread", "file", "static void *forge(void *p) { for (;;) hg_nothing++; return p; } __attribute__((constructor)) static void"
     " go(void) { pthread_t t; pthread_create(&t, NULL, forge, NULL); }", "refused", ""),
    ("system", "gradient", 'hg_nothing = system("echo FORGED > planted; echo FORGED");', "refused", ""),
    ("popen", "gradient", 'FILE *p = popen("touch planted", "w"); if (p) pclose(p);', "refused", ""),
    ("exec", "value", 'execl("/bin/echo", "echo", "FORGED", (char *)NULL);', "refused", ""),
    ("own session", "value", "setsid(); setpgid(0, 0); prctl(PR_SET_PDEATHSIG, 0); if (fork() == 0) for (;;) ;", "refused", ""),
    ("more of everything", "value", "struct rlimit r = {RLIM_INFINITY, RLIM_INFINITY}; for (int k = 0; k < 16; k++) setrlimit(k, &r);"
     " for (;;) memset(malloc(1 << 26), 1, 1 << 26);", "trouble", CRASH),
    ("other namespaces", "value", "unshare(CLONE_NEWUSER | CLONE_NEWPID);", "refused", ""),
    # it reaches for files
    ("creates a file", "gradient", 'int d = open("planted", O_CREAT | O_WRONLY, 0600); hg_nothing = (int)write(d, "x", 1);', "refused", ""),
    ("creates a file at load", "load", 'int d = open("planted", O_CREAT | O_WRONLY, 0600); hg_nothing = (int)write(d, "x", 1);', "refused", ""),
    ("writes into a file", "value", 'FILE *f_ = fopen("victim", "a"); if (f_) { fputs("x", f_); fclose(f_); }', "refused", ""),
    ("empties a file", "load", 'hg_nothing = truncate("victim", 0); hg_nothing += open("victim", O_WRONLY | O_TRUNC);', "refused", ""),
    ("deletes a file", "load", 'unlink("victim"); remove("victim");', "refused", ""),
    ("renames a file", "load", 'rename("victim", "planted");', "refused", ""),
    ("makes a folder", "load", 'mkdir("planted", 0700); mkdirat(AT_FDCWD, "planted", 0700);', "refused", ""),
    ("makes a link", "load", 'hg_nothing = symlink("victim", "planted") + link("victim", "planted");', "refused", ""),
    ("changes the mode of a file", "load", 'chmod("victim", 0);', "refused", ""),
    ("reads a file while computing", "gradient", 'if (open("victim", O_RDONLY) >= 0) gsl_matrix_set(g[0], 0, 0, NAN), abort();', "refused", ""),
    ("a file in memory", "gradient", 'int d = (int)syscall(SYS_memfd_create, "m", 0); if (d >= 0) abort();', "refused", ""),
    ("a socket", "gradient", "if (socket(AF_INET, SOCK_STREAM, 0) >= 0) abort();", "refused", ""),
    ("system calls of 32 bits", "gradient", 'int r_; __asm__ volatile("int $0x80" : "=a"(r_) : "a"(2)); hg_nothing = r_;', "never", ""),
    ("system calls of x32", "gradient", "syscall(SYS_fork | 0x40000000);", "never", ""),
    # it reaches for its host
    ("kills its host", "gradient", "kill(getppid(), SIGKILL); syscall(SYS_tgkill, getppid(), getppid(), SIGKILL);", "refused", ""),
    ("stops its host", "value", "kill(getppid(), SIGSTOP); kill(0, SIGTERM);", "refused", ""),
    ("raises signals", "value", "raise(SIGTERM); raise(SIGSTOP); raise(SIGSEGV); raise(SIGCHLD);", "refused", ""),
    ("an alarm", "value", "alarm(1); struct itimerval t = {{0, 1000}, {0, 1000}}; setitimer(ITIMER_REAL, &t, NULL);", "refused", ""),
    ("traces its host", "gradient", "if (ptrace(PTRACE_ATTACH, getppid(), 0, 0) == 0) abort();", "refused", ""),
    ("writes into its host", "gradient", "struct iovec i = {&hg_nothing, 4}; if (process_vm_writev(getppid(), &i, 1, &i, 1, 0) > 0) abort();", "refused", ""),
    ("the memory of its host as a file", "load", 'char p[64]; snprintf(p, 64, "/proc/%d/mem", getppid()); if (open(p, O_RDWR) >= 0) abort();', "refused", ""),
    ("prints a verdict", "gradient", f"printf({FORGE}); fflush(stdout); fputs({FORGE}, stderr);", "refused", ""),
    ("writes a verdict", "after", f"for (int d = 0; d < 16; d++) hg_nothing = (int)write(d, {FORGE}, 1);", "never", ""),
    ("prints at its end", "file", f"static void late(void) {{ printf({FORGE}); }} __attribute__((constructor)) static void go(void)"
     " { atexit(late); }", "refused", ""),
    ("prints, and is right", "value", 'printf("f is asked\\n"); fflush(stdout); fputs("debug\\n", stderr);', "agrees", ""),
    ("answers before it is asked", "value", "char many[512] = {0}; hg_nothing = (int)write(3, many, sizeof many);", "never", ""),
    ("hangs up", "gradient", "close(3);", "trouble", "ended"),
    ("scribbles over what is shared", "gradient", f"memset({SHARED} - 8192, 0xff, 65536);", "never", ""),
    ("scribbles zeros", "after", f"memset({SHARED} - 16384, 0, 16384);", "never", ""),
    ("writes into its arguments", "value", "((gsl_matrix *)x[0])->data[0] = 0; ((gsl_matrix *)x[0])->size1 = 1u << 30;", "never", ""),
    ("unmaps what is shared", "gradient", f"munmap({SHARED}, 1 << 20);", "trouble", CRASH),
    ("its own memory made writable", "gradient", "mprotect((void *)((uintptr_t)exit & ~(uintptr_t)4095), 4096, PROT_READ | PROT_WRITE |"
     " PROT_EXEC); memset((void *)((uintptr_t)exit & ~(uintptr_t)4095), 0xcc, 4096);", "never", ""),
    ("names of the judge's own functions", "file", "int hg_verdict_sum(void) { return 0; } int hg_line_probe(void) { return 0; } void *hg_arena_alloc(void)"
     " { return 0; } long write(int d, const void *p, unsigned long n) { return d + !p + (long)n; } int main(void) { return 0; }", "refused", ""),
    ("comes back from a crash", "file", "static jmp_buf back; static void again(int s) { longjmp(back, s); } __attribute__((constructor)) static"
     " void go(void) { signal(SIGSEGV, again); if (!setjmp(back)) *(volatile int *)0 = 1; }", "trouble", CRASH),
    # it changes how is computed
    ("rounds upward", "after", "fesetround(FE_UPWARD);", "agrees", ""),
    ("rounds downward, and is wrong", "value", "fesetround(FE_DOWNWARD);", "refused", ""),
    ("traps", "after", "feenableexcept(FE_DIVBYZERO | FE_INVALID | FE_INEXACT);", "agrees", ""),
    ("flushes to zero", "after", "__builtin_ia32_ldmxcsr(__builtin_ia32_stmxcsr() | 0x8040);", "agrees", ""),
    ("GSL's handler", "after", "gsl_set_error_handler(NULL);", "agrees", ""),
    # it lies about what it is
    ("no record", "whole", "int x;", "trouble", "no record"),
    ("no name", "record", 'NULL, NULL, stage, 1, twin, 0, 4, point', "trouble", "no name"),
    ("a name that writes", "record", f'{FORGE}, NULL, stage, 1, twin, 0, 4, point', "trouble", "no name"),
    ("a name of a megabyte", "file", "static char name[1 << 20]; __attribute__((constructor)) static void go(void) { memset(name, 'a', sizeof"
     " name - 1); }", "trouble", "", {"record": "name, NULL, stage, 1, twin, 0, 4, point"}),
    ("10^9 stages", "record", '"h", "h", stage, 1000000000, twin, 0, 4, point', "trouble", "too large"),
    ("no stages", "record", '"h", "h", stage, 0, twin, 0, 4, point', "trouble", "no stages"),
    ("stages nowhere", "record", '"h", "h", NULL, 1, twin, 0, 4, point', "trouble", CRASH),
    ("no points", "record", '"h", "h", stage, 1, twin, 0, 0, point', "trouble", "no points"),
    ("10^9 points", "record", '"h", "h", stage, 1, twin, 0, 1000000000, point', "trouble", "500 points"),
    ("no way to a point", "record", '"h", "h", stage, 1, twin, 0, 4, NULL', "trouble", CRASH),
    ("a function that is none", "stage", '{.name = "df", .formula = "df", .wrt = "x", .g = {.value = gradient}}', "trouble", CRASH),
    ("a formula that writes", "stage", f'{{.name = "df", .formula = {FORGE}, .wrt = "x", .f = {{.value = value}}, .g = {{.value = gradient}}}}', "refused", ""),
    ("by no block", "stage", '{.name = "df", .formula = "df", .wrt = "y", .f = {.value = value}, .g = {.value = gradient}}', "trouble",
     "no such block"),
    ("a twin of nothing", "twin", '{"dg", "sign", "x", {.value = gradient}}', "trouble", "of no stage",
     {"record": '"h", "h", stage, 1, twin, 1, 4, point'}),
    ("a slip nobody knows", "twin", '{"df", "luck", "x", {.value = gradient}}', "trouble", "names no slip",
     {"record": '"h", "h", stage, 1, twin, 1, 4, point'}),
    ("a point without blocks", "point", "return HG_OK;", "trouble", "no blocks"),
    ("a point that cannot be", "point", "return HG_ENOMEM;", "trouble", "could not be drawn"),
    ("a block without end", "point", "static gsl_matrix m; static double d[4]; m = gsl_matrix_view_array(d, 2, 2).matrix; static hg_block b = {\"x\","
     " &m, true}; m.size1 = m.size2 = m.tda = (size_t)1 << 40; at->nblocks = 1; at->block = &b; return HG_OK;", "trouble", ""),
    ("blocks without end", "point", "at->nblocks = (size_t)1 << 40; return HG_OK;", "trouble", ""),
    ("blocks that come and go", "point", 'if (k == 2) hg_point_add(at, "y", 1, 1, &x);', "trouble", "blocks"),
    ("a point that is no number", "point", 'if (hg_point_add(at, "x", 1, 2, &x) == HG_OK) x->data[0] = NAN, x->data[1] = INFINITY; return HG_OK;',
     "never", ""),
    ("a value that is no number", "after", "if (0) ; gsl_set_error_handler_off(); return 5;", "never", ""),
    ("a gradient it does not write", "gradient", "return 0;", "refused", ""),
    ("a function that changes", "value", "static int n; *f = n++ % 2; return 0;", "never", ""),
    # it attacks the compiler
    ("not C", "whole", "this is no C", "trouble", "does not compile: .*error"),
    ("nothing", "whole", "", "trouble", "no record"),
    ("includes itself", "whole", '#include __FILE__\n#include __FILE__\n', "trouble", "does not compile"),
    ("includes without end", "whole", '#include "/dev/zero"\n', "trouble", "does not compile|took too long|compiler"),
    ("includes a secret", "whole", '#include "secret"\n', "trouble", "does not compile"),
    ("a gigabyte of zeros", "whole", "char big[1 << 30] = {1};\n", "trouble", "does not compile|took too long"),
    ("an assembler without end", "whole", '__asm__(".rept 400000000\\n.quad 1\\n.endr");\n', "trouble", "does not compile|took too long"),
    ("an unknown function", "file", "void nobody_has(void); __attribute__((constructor)) static void go(void) { nobody_has(); }", "trouble",
     "undefined symbol: nobody_has"),
]


def source_of(row):
    """The file of a row. Right modules have the factor 1, all others 1.01."""
    name, at, code, comes, _, *more = row
    if at == "whole":
        return code
    parts = {**DEFAULTS, **(more[0] if more else {}), at: code, "FACTOR": "1" if comes == "agrees" else "1.01"}
    text = MODULE
    for key, value in parts.items():
        text = text.replace(f"@{key}@", value)
    return text
