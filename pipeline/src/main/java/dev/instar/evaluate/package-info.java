/** How well a trained network does, and what it says of new pictures. */
package dev.instar.evaluate;
