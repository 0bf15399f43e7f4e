/** Training: one readable loop, and the rooms around it. */
package dev.instar.train;
