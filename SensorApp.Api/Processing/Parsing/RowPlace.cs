using SensorApp.Api.Processing.Reading;
using SensorApp.Api.Processing.Validation;

namespace SensorApp.Api.Processing.Parsing;

/// <summary>Where a row lies in the padded chunk, and its line from 0 in the chunk.</summary>
internal readonly record struct RowPlace(int Start, int End, int Line);

/// <summary>Where a field lies in <see cref="RowBatch.Fields"/>.</summary>
internal readonly record struct FieldSpan(int Start, int Length);

/// <summary>An invalid row of a chunk.</summary>
internal readonly record struct RejectedRow(RowPlace Place, Fault Fault, Role Role);
