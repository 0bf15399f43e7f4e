/** Memory outside the heap: owned buffers, views of them, and mapped files. */
package dev.instar.memory;
