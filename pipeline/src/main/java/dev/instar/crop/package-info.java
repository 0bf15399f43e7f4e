/**
 * Where the insect is: boxes, the files that list them, and the part of a photograph that is kept
 * around one.
 */
package dev.instar.crop;
