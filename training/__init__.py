"""The recipe of the learned reader: annotated texts in, weights with their scores and model card out."""
