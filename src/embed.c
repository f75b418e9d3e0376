/* embed NAME FILE... — writes a C source with the bytes of the files, one after the other, as `const char NAME[]`, a NUL
 * behind them, and their number as `const size_t NAME_size`. Run at build time, so that a page or a font stays a file. */
#include <stdio.h>

int main(int argc, char **argv)
{
	if (argc < 3) {
		fputs("usage: embed NAME FILE...\n", stderr);
		return 1;
	}
	size_t size = 0;
	printf("#include <stddef.h>\n\nextern const char %s[];\nextern const size_t %s_size;\n", argv[1], argv[1]);
	printf("const char %s[] = {", argv[1]);
	for (int i = 2; i < argc; i++) {
		FILE *in = fopen(argv[i], "rb");
		if (!in) {
			perror(argv[i]);
			return 1;
		}
		for (int c; (c = getc(in)) != EOF; size++)
			printf(size % 20 ? "%d," : "\n%d,", c < 128 ? c : c - 256);
		fclose(in);
	}
	printf("\n0};\nconst size_t %s_size = %zu;\n", argv[1], size);
	return fflush(stdout) || ferror(stdout);
}
