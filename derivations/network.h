/* What the networks of two layers share: the forward pass, the place where the graph is cut, the loop that
 * hands a claim to the engine. Each network's own page holds its derivation and every formula of its backward
 * pass.
 *
 *   Z1 = W1 X + b1 1^T,   A1 = g1(Z1),   Z2 = W2 A1 + b2 1^T,   A2 = g2(Z2),   J = 1/m sum of L(A2, Y)
 *
 * dZ stands for m dJ/dZ, as the course writes it: by A2, Z2, A1 and Z1 the function is m J, with the graph
 * cut there; by W and b it is J. With one sample both are L. */
#ifndef DERIVATIONS_NETWORK_H
#define DERIVATIONS_NETWORK_H

#include "draw.h"
#include "handgrad.h"

/* The blocks of a point, in this order. */
enum net_block { NET_X, NET_Y, NET_W1, NET_b1, NET_W2, NET_b2, NET_Z1, NET_A1, NET_Z2, NET_A2, NET_BLOCKS };

/* What a claim may use: the forward pass, and the backward pass as the page has it. */
typedef struct net {
	double m; /* samples */
	const gsl_matrix *X, *Y, *W1, *b1, *W2, *b2;
	gsl_matrix *Z1, *A1, *Z2, *A2;
	gsl_matrix *dZ1, *dA1, *dZ2, *dA2;
	gsl_matrix *one; /* m x 1, all ones: D * one sums the rows of D */
} net;

typedef void claim(const net *n, gsl_matrix *g);              /* of the whole batch, as matrices */
typedef double entry_claim(const net *n, size_t j, size_t k); /* of one sample (m = 1), entry by entry */

/* A hidden activation: g(z), its slope, and the changes da_i = g(z_i + dz_i) - g(z_i) without cancellation
 * (the slopes at z are known). The engine's pokes use all but the first; the claims of a page use none of
 * it. */
typedef struct activation {
	double (*value)(double z);
	double (*slope)(double z);
	void (*change)(size_t n, const double *z, const double *slope, const double *dz, double *da);
} activation;

/* A last layer with its loss: L of one entry as a function of z and of a; and for the pokes the sum over n
 * samples of L(z_i + dz_i) - L(z_i) without cancellation, which knows w_i = keep(z_i). */
typedef struct output {
	enum { LABELS, TARGETS } y; /* in [0, 1], or any number */
	double (*value)(double z);
	double (*loss_of_z)(double z, double y);
	double (*loss_of_a)(double a, double y);
	double (*keep)(double z);
	double (*change)(size_t n, const double *z, const double *w, const double *y, const double *dz);
	enum { SUM_OF_OUTPUTS, MEAN_OF_OUTPUTS } over;
} output;

extern const activation net_relu, net_tanh, net_sigmoid;
extern const output net_sigmoid_bce, net_sigmoid_bce_mean, net_identity_mse, net_sigmoid_mse;

typedef struct network {
	const activation *hidden;
	const output *last;
	claim *dA2, *dZ2, *dA1, *dZ1; /* of its page, in this order: what the claims further down may use */
} network;

typedef struct net_cut { /* J of a network as a function of one block, the graph cut there */
	const network *of;
	enum net_block at;
} net_cut;

typedef struct net_claim { /* one of the two */
	const network *of;
	claim *batch;
	entry_claim *entry;
} net_claim;

int net_value(const gsl_matrix *const x[], void *params, double *f);
int net_gradient(const gsl_matrix *const x[], void *params, gsl_matrix *const g[]);
void *net_keep(const gsl_matrix *const x[], void *params);
int net_poke(void *kept, size_t block, size_t i, size_t j, double t, double *f);
void net_drop(void *kept);

/* The forward pass below the cut, from the blocks above it: of Z1, A1, Z2 and A2 what comes after `cut`. */
void net_forward(const network *of, enum net_block cut, gsl_matrix *const x[]);

/* The k-th of the NET_POINTS points every network is tried at. */
enum { NET_POINTS = 34 };
hg_status net_point(const network *of, size_t k, gsl_rng *rng, hg_point *point);

/* Every entry of g: fn of that entry of a (and of b). */
void net_map(double (*fn)(double), const gsl_matrix *a, gsl_matrix *g);
void net_map2(double (*fn)(double, double), const gsl_matrix *a, const gsl_matrix *b, gsl_matrix *g);

/* g = dA1 o slope(x), with x one of Z1 and A1. */
void net_through(double (*slope)(double), const gsl_matrix *x, const net *n, gsl_matrix *g);

/* Entry i of the one sample. */
static inline double net_at(const gsl_matrix *x, size_t i) { return gsl_matrix_get(x, i, 0); }

/* ---- rows of a page's tables; the page defines THIS as its network ------------------------------------- */

#define NET_CLAIM(fn) {.value = net_gradient, .params = &(net_claim){&THIS, fn, NULL}}
#define NET_ENTRY(fn) {.value = net_gradient, .params = &(net_claim){&THIS, NULL, fn}}
#define NET_J(by)                                                                                            \
	{.value = net_value, .params = &(net_cut){&THIS, NET_##by},                                              \
	 .keep = net_keep, .poke = net_poke, .drop = net_drop}

#define NET_BATCH(stage, by, builds_on, latex, fn)                                                           \
	{.name = stage, .wrt = #by, .uses = builds_on, .formula = latex, .f = NET_J(by), .g = NET_CLAIM(fn)}
#define NET_SAMPLE(stage, by, builds_on, latex, fn)                                                          \
	{.name = stage, .wrt = #by, .uses = builds_on, .formula = latex, .f = NET_J(by), .g = NET_ENTRY(fn)}

#endif
