/* What GSL, jansson and libmd ask their configure scripts, answered as a 64-bit system or WebAssembly would: IEEE doubles, no wider registers. */
#define HAVE_EXTENDED_PRECISION_REGISTERS 0
#define GSL_COERCE_DBL(x) (x)
#define RETURN_IF_NULL(x) \
	if (!x) {             \
		return;           \
	}
#define HAVE_DECL_ISNAN 1
#define HAVE_DECL_ISINF 1
#define HAVE_DECL_FINITE 1
#define HAVE_DECL_ISFINITE 1
#define HAVE_IEEE_COMPARISONS 1
#define HAVE_PRINTF_LONGDOUBLE 1
#define HAVE_STDINT_H 1
#define HAVE_UNISTD_H 1
#define HAVE_STRTOLL 1
#define INITIAL_HASHTABLE_ORDER 3
