/** The command line: the entry point and one class a verb. */
package dev.instar.cli;
