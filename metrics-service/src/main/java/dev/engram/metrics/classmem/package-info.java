/** ClassMem and ClassSelectivity: which units one class alone drives. Pure: from mean activations to scores. */
package dev.engram.metrics.classmem;
