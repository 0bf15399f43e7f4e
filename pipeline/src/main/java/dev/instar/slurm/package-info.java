/**
 * Slurm as the engine past one machine: readable job scripts, submission, and what became of jobs.
 */
package dev.instar.slurm;
