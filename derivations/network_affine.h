/* What the two affine layers give every network, whatever its activations and its loss (the derivation is in
 * affine.c), and what a tired hand makes of it. */
#ifndef DERIVATIONS_NETWORK_AFFINE_H
#define DERIVATIONS_NETWORK_AFFINE_H

#include "network.h"

claim affine_dW2, affine_db2, affine_dA1, affine_dW1, affine_db1;
entry_claim affine_dL_dW2, affine_dL_db2, affine_dL_da1, affine_dL_dW1, affine_dL_db1;

claim wrong_dW2_no_mean, wrong_dW2_two_means, wrong_dW2_sign, wrong_dW2_of_Z1;
claim wrong_db2_no_mean, wrong_db2_no_sum;
claim wrong_dA1_no_W2, wrong_dA1_stale;
claim wrong_dW1_no_mean, wrong_dW1_sign, wrong_dW1_no_slope;
claim wrong_db1_no_mean, wrong_db1_no_sum, wrong_db1_no_slope;
entry_claim wrong_dL_dW2_of_z1, wrong_dL_dW2_no_a1, wrong_dL_db2_with_a1;
entry_claim wrong_dL_da1_one_output, wrong_dL_da1_no_W2;
entry_claim wrong_dL_dW1_no_x, wrong_dL_dW1_no_slope, wrong_dL_db1_with_x;

/* clang-format off */
#define AFFINE_2 \
	NET_BATCH("dW2", W2, "dZ2", "dW_2 = \\frac{1}{m} dZ_2 A_1^T", affine_dW2), \
	NET_BATCH("db2", b2, "dZ2", "db_2 = \\frac{1}{m} \\sum_i dz_2^{(i)}", affine_db2), \
	NET_BATCH("dA1", A1, "dZ2", "dA_1 = W_2^T dZ_2", affine_dA1)
#define AFFINE_1 \
	NET_BATCH("dW1", W1, "dZ1", "dW_1 = \\frac{1}{m} dZ_1 X^T", affine_dW1), \
	NET_BATCH("db1", b1, "dZ1", "db_1 = \\frac{1}{m} \\sum_i dz_1^{(i)}", affine_db1)
#define AFFINE_2_SAMPLE \
	NET_SAMPLE("dL_dW2", W2, "dZ2", "\\partial L/\\partial W_{2,ok} = dz_{2,o} a_{1,k}", affine_dL_dW2), \
	NET_SAMPLE("dL_db2", b2, "dZ2", "\\partial L/\\partial b_{2,o} = dz_{2,o}", affine_dL_db2), \
	NET_SAMPLE("dL_da1", A1, "dZ2", "\\partial L/\\partial a_{1,j} = \\sum_o dz_{2,o} W_{2,oj}", affine_dL_da1)
#define AFFINE_1_SAMPLE \
	NET_SAMPLE("dL_dW1", W1, "dZ1", "\\partial L/\\partial W_{1,jk} = dz_{1,j} x_k", affine_dL_dW1), \
	NET_SAMPLE("dL_db1", b1, "dZ1", "\\partial L/\\partial b_{1,j} = dz_{1,j}", affine_dL_db1)

#define AFFINE_TWINS \
	{"dW2", "missing-mean", "dW_2 = dZ_2 A_1^T", NET_CLAIM(wrong_dW2_no_mean)}, \
	{"dW2", "extra-mean", "dW_2 = \\frac{1}{m^2} dZ_2 A_1^T", NET_CLAIM(wrong_dW2_two_means)}, \
	{"dW2", "sign", "dW_2 = -\\frac{1}{m} dZ_2 A_1^T", NET_CLAIM(wrong_dW2_sign)}, \
	{"dW2", "wrong-variable", "dW_2 = \\frac{1}{m} dZ_2 Z_1^T", NET_CLAIM(wrong_dW2_of_Z1)}, \
	{"db2", "missing-mean", "db_2 = \\sum_i dz_2^{(i)}", NET_CLAIM(wrong_db2_no_mean)}, \
	{"db2", "missing-sum-samples", "db_2 = \\frac{1}{m} dz_2^{(1)}", NET_CLAIM(wrong_db2_no_sum)}, \
	{"dA1", "lost-factor", "dA_1 = \\mathbf{1} dZ_2", NET_CLAIM(wrong_dA1_no_W2)}, \
	{"dA1", "stale-weights", "dA_1 = (W_2 - \\alpha dW_2)^T dZ_2", NET_CLAIM(wrong_dA1_stale)}, \
	{"dW1", "missing-mean", "dW_1 = dZ_1 X^T", NET_CLAIM(wrong_dW1_no_mean)}, \
	{"dW1", "sign", "dW_1 = -\\frac{1}{m} dZ_1 X^T", NET_CLAIM(wrong_dW1_sign)}, \
	{"dW1", "lost-factor", "dW_1 = \\frac{1}{m} dA_1 X^T", NET_CLAIM(wrong_dW1_no_slope)}, \
	{"db1", "missing-mean", "db_1 = \\sum_i dz_1^{(i)}", NET_CLAIM(wrong_db1_no_mean)}, \
	{"db1", "missing-sum-samples", "db_1 = \\frac{1}{m} dz_1^{(1)}", NET_CLAIM(wrong_db1_no_sum)}, \
	{"db1", "lost-factor", "db_1 = \\frac{1}{m} \\sum_i da_1^{(i)}", NET_CLAIM(wrong_db1_no_slope)}, \
	{"dL_dW2", "wrong-variable", "\\partial L/\\partial W_{2,ok} = dz_{2,o} z_{1,k}", \
	 NET_ENTRY(wrong_dL_dW2_of_z1)}, \
	{"dL_dW2", "lost-factor", "\\partial L/\\partial W_{2,ok} = dz_{2,o}", NET_ENTRY(wrong_dL_dW2_no_a1)}, \
	{"dL_db2", "extra-factor", "\\partial L/\\partial b_{2,o} = dz_{2,o} a_{1,1}", \
	 NET_ENTRY(wrong_dL_db2_with_a1)}, \
	{"dL_da1", "lost-term", "\\partial L/\\partial a_{1,j} = dz_{2,1} W_{2,1j}", \
	 NET_ENTRY(wrong_dL_da1_one_output)}, \
	{"dL_da1", "lost-factor", "\\partial L/\\partial a_{1,j} = \\sum_o dz_{2,o}", \
	 NET_ENTRY(wrong_dL_da1_no_W2)}, \
	{"dL_dW1", "lost-factor", "\\partial L/\\partial W_{1,jk} = dz_{1,j}", NET_ENTRY(wrong_dL_dW1_no_x)}, \
	{"dL_dW1", "lost-factor", "\\partial L/\\partial W_{1,jk} = da_{1,j} x_k", \
	 NET_ENTRY(wrong_dL_dW1_no_slope)}, \
	{"dL_db1", "extra-factor", "\\partial L/\\partial b_{1,j} = dz_{1,j} x_1", NET_ENTRY(wrong_dL_db1_with_x)}
/* clang-format on */

#endif
