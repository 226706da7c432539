/**
 * From a file of weights to an encoder: which names of the file are whose in a network, which network is near, and the checkpoint that
 * comes of it. Looking needs no engine; making the checkpoint does. What belongs here knows files and networks; it knows no training.
 */
package dev.engram.encoders.importing;
