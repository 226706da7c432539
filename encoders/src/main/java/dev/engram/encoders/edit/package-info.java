/**
 * Encoders made of encoders: units switched off, layers taken from another, one unit of a fine-tuned layer put back among the others. Pure
 * arithmetic on a state; which tensors belong to a unit follows from the graph that the network records. What belongs here knows neither
 * data nor measures: scores come in as numbers.
 */
package dev.engram.encoders.edit;
