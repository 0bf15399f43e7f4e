/**
 * Where pictures come from and where they go: folders, archives, HDF5 files, and packs of our own.
 */
package dev.instar.pack;
