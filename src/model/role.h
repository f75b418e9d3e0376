/* What a name is to a document. */
#ifndef HG_MODEL_ROLE_H
#define HG_MODEL_ROLE_H

typedef enum hg_role {
	HG_ROLE_WEIGHT, HG_ROLE_BIAS, HG_ROLE_INPUT, HG_ROLE_LABEL, HG_ROLE_PREACTIVATION, HG_ROLE_ACTIVATION,
	HG_ROLE_LOSS, HG_ROLE_COST, HG_ROLE_GRADIENT, HG_ROLE_COUNT /* of samples */, HG_ROLE_OTHER,
} hg_role;

#endif
