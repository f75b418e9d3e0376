/* Nodes and discrete orthonormal polynomials of the differences; the tables are generated (stencil_gen.c). */
#ifndef HG_NUM_STENCIL_H
#define HG_NUM_STENCIL_H

enum { HG_NODES = 24, HG_RULE_NODES = 17 };
enum { HG_CLOSE = 5, HG_CLOSE_BITS = -8 }; /* places close by: u = 2^-8, 2^-16, ... */

/* Samples f_j = f(x + H u_j) have the coefficients a_k = sum_j q[k][j] f_j. A fit of degree K has at x the value
 * sum_{k<=K} a_k value[k] and the derivative sum_{k<=K} a_k slope[k] / H. */
typedef struct hg_stencil {
	int n, sides;               /* nodes; 2: +-u in pairs and perhaps 0, 1: u in (0,1] */
	int degree;                 /* highest degree fitted */
	int tail;                   /* the coefficients from here on judge whether noise is all that is left */
	double grid;                /* every u is a multiple of 1/grid */
	double u[HG_NODES];         /* outermost first */
	double q[HG_NODES][HG_NODES];
	double value[HG_NODES];     /* q_k(0) */
	double slope[HG_NODES];     /* q_k'(0) */
	double close[HG_CLOSE][HG_NODES]; /* q_k at the places close by */
	double value_l1[HG_NODES], slope_l1[HG_NODES]; /* norms of the two functionals up to degree K: */
	double value_l2[HG_NODES], slope_l2[HG_NODES]; /* l1 bounds any noise, l2 scales random noise */
} hg_stencil;

extern const hg_stencil hg_stencil_wide;  /* 24 nodes on both sides */
extern const hg_stencil hg_stencil_right; /* 24 nodes in (0,1]; mirrored for the left side */
extern const hg_stencil hg_stencil_sharp; /* 12 nodes on both sides and the point */
extern const hg_stencil hg_stencil_quick; /* 8 nodes on both sides and the point */
extern const hg_stencil hg_stencil_fair;  /* 6 nodes on both sides and the point */
extern const hg_stencil hg_stencil_lean;  /* 4 nodes on both sides and the point */

/* Clenshaw and Curtis' closed rule on [0,1]; `half` uses every other node and is 0 at the rest. */
typedef struct hg_rule {
	double node[HG_RULE_NODES], full[HG_RULE_NODES], half[HG_RULE_NODES];
} hg_rule;

extern const hg_rule hg_clenshaw_curtis;

#endif
