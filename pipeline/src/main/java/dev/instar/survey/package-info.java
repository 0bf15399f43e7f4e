/**
 * Detectors over whole collections: in parallel, in the order of the input, resumable, with
 * pictures to look at.
 */
package dev.instar.survey;
