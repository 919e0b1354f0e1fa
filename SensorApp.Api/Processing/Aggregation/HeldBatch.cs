namespace SensorApp.Api.Processing.Aggregation;

/// <summary>Where the rows of a batch end among those held, which begin where those of the batch before end, and the place of its chunk in the file.</summary>
internal readonly record struct HeldBatch(int End, int Sequence);
