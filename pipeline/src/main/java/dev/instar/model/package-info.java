/** Networks: their layers, names of parameters, and weights. */
package dev.instar.model;
