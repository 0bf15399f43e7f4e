/** What people look at after a run: pages for a browser and tables for a terminal. */
package dev.instar.report;
