#!/bin/sh
# A class as a Slurm array. Each task grades its shard; when all have ended, the second job puts them together:
#
#     job=$(sbatch --parsable slurm.sh SUBMISSIONS ASSIGNMENT OUT)
#     sbatch --dependency=afterok:"$job" --wrap="handgrad merge --out=OUT --exit-zero OUT.shard-*"
#
#SBATCH --job-name=handgrad
#SBATCH --array=1-4
#SBATCH --ntasks=1
#SBATCH --cpus-per-task=2
#SBATCH --mem=1G
#SBATCH --time=00:10:00
set -eu
exec handgrad grade "$1" --assignment="$2" --out="$3.shard-$SLURM_ARRAY_TASK_ID" \
	--shard="$SLURM_ARRAY_TASK_ID/$SLURM_ARRAY_TASK_COUNT" --jobs="${SLURM_CPUS_PER_TASK:-1}" --exit-zero
