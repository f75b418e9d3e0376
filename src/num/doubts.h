/* Those of the oracle's constants, constants.h, that say what is looked for before a claim is refused. */
#ifndef HG_NUM_DOUBTS_H
#define HG_NUM_DOUBTS_H

/* tolerance */
static const double TOLERANCE_MOST = 1e-4; /* of the function: jumps that are larger are its own */
static const double TOLERANCE_BEND = 3e-8; /* residual of a kink, as a share of what changes, that is no kink of the function's own */
static const double TOLERANCE_BENDS = 4;   /* a value between such kinks is off by more than their residual: so many times */
static const double TOLERANCE_FLAT = 6;    /* low coefficients of a jump are at most so many times the high ones */
static const double TOLERANCE_KINK = 2.5;  /* a jump's residual stays within this factor while the window is halved ... */
static const double TOLERANCE_NOISE = 8;   /* noise of a value, in residuals of the jumps */
static const double ROUGH_SLOPE = 4;       /* slope of it over a step, where no larger steps see over it */
static const double TOLERANCE_CLOSE = 1e-2; /* a claim off by less, beside the slopes nearby, is doubted in this way */
static const double CLOSER_LARGE = 8;       /* x is large where its unit is so many times what is typical; a claim is then ... */
static const double CLOSER_BY = 0x1p-5;     /* ... tried at this share of the unit, too, before it is refused, and at this of that */
enum { CLOSER_LEVELS = 2 };
static const double CLAIMED_LARGE = 4;      /* a claim so many times as large as what was found is looked for ... */
static const double CLAIMED_NOISES = 512;   /* ... at steps over which it changes the value by so many times its noise ... */
static const double CLAIMED_RATIO = 16;     /* ... and by such a factor further each time ... */
enum { CLAIMED_TRIES = 4 };                 /* ... so often */
static const double TOLERANCE_BLIND = 1e-3; /* and one off by less, of the slope alone, is not refused where jumps were found */
static const double TOLERANCE_SMOOTH = 6e-6; /* nor one off by less where it is so elsewhere, by another share at each place ... */
static const double TOLERANCE_FLATTER = 3;  /* ... or by so much more, where the value is larger than the slope ... */
static const double TOLERANCE_AWAY = 16;    /* ... by no more than so many times that ... */
static const double TOLERANCE_RIGHT = 0.01; /* ... by less than this share of it at one place at most ... */
static const double TOLERANCE_SAME = 0.3;   /* ... where shares within this are the same */
enum {
	TOLERANCE_HALVINGS = 7,               /* ... so often */
	TOLERANCE_TRACED = 3,                  /* halvings that tell a kink from what is smooth */
	TOLERANCE_LOOKS = 8,                   /* entries of a check that are looked around */
	TOLERANCE_FITS = 160,                  /* in a look */
	TOLERANCE_TILES = 6,                   /* of half a unit, to each side ... */
	TOLERANCE_DEPTH = 4,                   /* ... halved so often */
};
static const double TOLERANCE_WAVE = 4;     /* waves are looked for in windows of more than so many steps, and narrower by this each time */

/* noise of the claim */
static const double CLAIM_NOISE = 4;       /* rounding of the claim, as a multiple of its probe */
static const double CLAIM_DOUBT = 2;       /* before a claim is refused four more points are probed, and so many times their noise given */
static const double CLAIM_BENT = 16;       /* a smooth claim is uneven by no more than so many times the square of their share of a step */
static const double CLAIM_APART[] = {      /* of the scale of each entry, in many digits, so that nothing is exact there */
    -0x1.6a09e667f3bcdp-23, -0x1.23c8f1d2b4a69p-24, 0x1.827f0a1b2c3d5p-24, 0x1.5db3d742c2655p-23};
enum { CLAIM_PLACES = sizeof CLAIM_APART / sizeof *CLAIM_APART, CLAIM_HOME = 2 }; /* the point lies before that one */

#endif
