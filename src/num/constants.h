/* Every calibrated constant of the oracle. Unless a source is named, it was calibrated by measurement: 16 million
 * derivatives with known truth in 23 regimes, and held out on 40 further functions; tests/num and tests/bench
 * repeat the measurement. What came later was tried at half and at twice its value with bench_families, bench_hard and
 * bench_cost: LEAN_LIKELY, LEAN_QUANTILE, RESIDUAL_NOISE, SCAN_NOISE, TOLERANCE_FLAT, _NOISE and ROUGH_SLOPE change no bar
 * there; half of TOLERANCE_KINK refuses one right claim of 700. Chosen by the cases named beside them, and tried in no
 * other way: CLAIM_BENT, CLAIMED_, CLOSER_, DIRECTION_, QUIET_, QUICK_KINK, TOLERANCE_BEND,
 * _BENDS, _BLIND and _CLOSE. */
#ifndef HG_NUM_CONSTANTS_H
#define HG_NUM_CONSTANTS_H

#include "num/doubts.h"

#include <fenv.h>

/* fit */
static const double FIT_SAFETY = 2;        /* on every bound; with 1 there were no misses either, but at kinks */
static const double FIT_TRUNCATION = 3;    /* weight of the first two odd terms left out */
static const double FIT_ULPS = 0.3;        /* rms noise of one sample, in ulps of the largest */
static const double FIT_RESOLVED = 10;     /* a residual below this many noise floors is noise */
static const double FIT_KINK[] = {         /* weight of the even terms, by degree: a kink of any size anywhere in */
    0, 1.25, 0, 1.5, 0, 2.0, 0, 2.7, 0, 3.5, 0, 4.5, /* the window stays within the bound */
    0, 5.7,  0, 7.1, 0, 9.1, 0, 9,   0, 9,   0, 9};
static const double LEAN_EVEN = 3;         /* weights where four differences show no further terms */
static const double LEAN_ODD = 3;
static const double LEAN_QUANTILE = 5;     /* of noise that the probe has measured */
enum { LEAN_FREEDOM = 2 };
static const double STUDENT_T[] = {        /* quantile at 5e-5 in each tail, by degrees of freedom */
    0,    6366, 100,  28.0, 15.5, 11.2, 9.08, 7.88, 7.12, 6.59, 6.21, 5.92,
    5.69, 5.51, 5.36, 5.24, 5.13, 5.04, 4.97, 4.90, 4.84, 4.78, 4.74, 4.69};
static const double CLOSE_TAILS = 4;       /* close by, a fit may be left by so many residuals */
static const double CLOSE_EXACT = 64;      /* no sample closer to the point than so many eps |x| */

/* scan */
static const double SCAN_RATIO = 4;        /* from scale to scale */
static const double SCAN_TINY = 1e-280;    /* the smallest step at 0 */
static const double SCAN_GAIN = 1.5;       /* a smaller step that sharpens the bound by no more than this ends the scan ... */
static const double SCAN_SHARP = 1e-12;    /* ... at the second confirmation, or where the bound is as sharp as this */
static const double SCAN_BELOW = 64;       /* a narrow feature seen at some distance: scan from so many times that */
static const double LAW_SAME = 0.02;       /* exponents within this are the same */
static const double LAW_JUMPS = 0.15;      /* of a residual that goes with a smaller power of the step jumps are the cause */
static const double LAW_AWAY = 16;         /* laws are looked for at steps of more than so many |x| */
static const double LAW_LEAP = 0x1p34;      /* from there to steps smaller by this factor ... */
enum {
	SCAN_SCALES = 520,                     /* more than 4^k needs to go through the range of a double */
	SCAN_POOLS = 3,                        /* times reappearing noise is added to the candidate */
	SCAN_PERSISTENT = 8,                   /* scales of constant residual that make it genuine noise ... */
	SCAN_LONG = 40,                        /* ... and end a scan that has seen so many */
	SCAN_AGAIN = 4,                        /* narrower and narrower features looked for */
	LAW_SCALES = 2,                        /* exponents that make a law, which leaps then confirm */
	LAW_MISSES = 4,                        /* scales without samples that make one */
	LAW_LEAPS = 1,                         /* ... so often */
};
static const double SCAN_NEARBY = 0x1p-3;  /* slopes within this share of the scale of x are those nearby */
static const double SCAN_CONSTANT = 4;     /* residuals within this factor of each other are constant */
static const double SCAN_NOISE = 0.05;     /* residuals of a larger share of the value are a function faster than any step, no noise */
static const double SCAN_COARSE = 10;      /* on the bound of a fit that never resolved */
static const double KINK_BOUNDS = 2;       /* signature of a kink: bounds within this factor over three scales ... */
static const double KINK_TAILS = 2.5;      /* ... while the residual falls by this factor each time */
static const double STAIR_NOISE = 64;      /* an edge of a flat piece is a step if it exceeds the noise so often */

/* oracle */
static const double ORACLE_WANTED = 1e-6;  /* a two-sided fit this good needs no one-sided ones */
static const double ORACLE_WIDE = 1e-3;    /* nor does one at such a large step */
static const double ORACLE_VOID = 1e3;     /* a bound so many times the slopes nearby says nothing: unresolved */
static const double FLAT_ULPS = 16;        /* flat, unless rounding moves the value that stands still by more */
static const double FLAT_LOUD = 4;         /* ... and then its bound, where the input may be rounded too, is so many times wider */
static const double OUT_AT = 0.8046875;    /* noise is heard once more at this share of the step ... */
static const double OUT_LOUDER = 4;        /* ... and where it is louder there by this factor ... */
static const double OUT_NOISE = 2;         /* ... so many times that makes the bound wider */
static const double NEAR_KINK = 1e-9;      /* share of the difference of slopes added to a bound next to a kink */

/* cascade: a few differences at a scale shared by the entries of a block */
static const double QUICK_STEP = 0x1p-3;   /* first scale, of that of x, with 12 differences ... */
static const double QUICK_STEP_CROWDED = 0x1p-8; /* ... and with 8, of a function with a poke: layers, with kinks close by */
static const double LEAN_LIKELY = 0.8;     /* 4 are asked where noise leaves no more than this share of the bound wanted */
static const double QUICK_RATIO = 8;       /* from scale to scale */
static const double DIRECTION_REACH = 0x1p-4; /* a direction is followed so far to both sides */
static const double DIRECTION_NOISE = 16;  /* on the noise of a direction in which many entries move */
static const double QUICK_KINK = 0.1;      /* residuals that fall with the step, but for so much in the exponent */
static const double QUICK_SHARP = 2e-11;   /* relative bound that ends the work on an entry */
enum {
	QUICK_TRIES = 3,                       /* scales tried before the full scan */
	QUICK_LEVELS = 5,                      /* scales in all */
	QUICK_MANY = 256,                      /* entries that are many */
	QUICK_CROWDED = 2048,                  /* entries with a poke that are many */
	QUICK_ALLOWANCE = 400,                 /* evaluations to sharpen what is certified already, where they are not many ... */
	QUICK_ALLOWANCE_EACH = 12,             /* ... and for each entry more */
	QUICK_FAILED = 4,                      /* entries running that four differences did not decide: try more at once ... */
	QUICK_AGAIN = 64,                      /* ... for so many entries */
	DIRECTIONS = 2,                        /* random directions that all entries move in */
	DIRECTION_BITS = 16,                   /* of an entry of a direction, in units of its scale */
	DIRECTION_FEW = 16,                    /* entries so few that all are scanned where a direction shows nothing */
	POKE_SPOTS = 3,                        /* entries of each block where the poke is held against the value */
	POKE_DOUBTS = 4,                       /* disagreements found by poke that are found again by value */
};
static const double POKE_NOISE = 64;       /* a poke may differ from the value by so many times the noise */

/* probe: Kahan's recomputation in the redirected rounding modes (How futile are mindless assessments of roundoff,
 * 2006), here as the measure of noise */
static const int PROBE_MODES[] = {FE_UPWARD, FE_DOWNWARD, FE_TOWARDZERO};
enum { PROBE_NMODES = sizeof PROBE_MODES / sizeof *PROBE_MODES };
enum { PROBE_NEIGHBOUR = -12 };            /* neighbours at 2^this times the scale of x ... */
static const double PROBE_APART[] = {0.7548776662466927, -0.5698402909980532}; /* ... and these, of many digits */
static const double PROBE_LOUD = 100;      /* more ulps than usual: is it as loud further away? */
static const double PROBE_FAR = 0x1p-6;    /* steps of more than this share of the scale of x are further away */
static const double PROBE_OUTLIER = 1e3;   /* a neighbour this much noisier is another regime */
static const double PROBE_DEAF = 2;        /* so many ulps of residual that no rounding mode moves: they do not arrive */
static const double REPEAT_ULPS = 1e4;     /* two values at one point may differ by so much: threads add in any order */
static const double QUIET_LOUD = 64;       /* so many ulps of redirected rounding are held against residuals ... */
enum { QUIET_MANY = 2000 };                /* ... where so many entries pay for it */
static const double UNPROBED = 10;         /* on bounds where the noise is estimated, not asked for */
static const double RESIDUAL_NOISE = 6;    /* noise from residuals, as a multiple of their rms */

/* verdict */
static const double VERDICT_RESOLUTION = 1e-6;
static const double VERDICT_RESOLUTION_SINGLE = 1e-2; /* of functions of floats: with 1e-3 one right entry in twelve is left open */
static const double VERDICT_LAST = 4e-12;      /* nobody is refused for the last digits: some thousand roundings */
static const double VERDICT_STATIONARY = 1e-3; /* enough where the derivative is small beside the slopes nearby */

/* path */
static const double PATH_ERROR = 16;       /* on the difference of the two quadrature rules */
static const double PATH_NOISE = 4;        /* on the probes of value and gradient */
static const double PATH_WANTED = 1e-14;   /* halve a piece while its error exceeds this share of f(b) - f(a) ... */
static const double PATH_ULPS = 64;        /* ... and so many ulps of the gradient */
enum { PATH_DEPTH = 50, PATH_PIECES = 4096 }; /* halvings of one piece; pieces in all */

#endif
