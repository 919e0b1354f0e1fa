using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Amazon.Runtime;
using Amazon.Runtime.Telemetry;
using Amazon.Runtime.Telemetry.Tracing;

namespace SensorApp.Api.Storage.Aws;

/// <summary>A span and a duration for each call to the cloud, named by the SDK as in <c>S3.PutObject</c>, around the HTTP requests that it takes.</summary>
/// <remarks>The SDK offers spans for steps of a call as well. They would double the number of spans and say little: they are not taken.</remarks>
internal sealed class AwsTracing : TracerProvider
{
    public const string Service = "rpc.service";
    public const string Method = "rpc.method";
    public const string Outcome = "sensorapp.outcome";

    private const string ErrorType = "error.type";
    private const string ErrorCode = "aws.error_code";

    private static readonly Meter Meter = new("SensorApp.Storage");

    private static readonly Histogram<double> CallTime = Meter.CreateHistogram(
        "sensorapp.store.duration",
        "s",
        "Time of calls to S3 and DynamoDB, retries included, by operation and outcome.",
        tags: null,
        new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60] });

    private readonly ConcurrentDictionary<string, Tracer> _tracers = new(StringComparer.Ordinal);

    private AwsTracing()
    {
    }

    public static AwsTracing Instance { get; } = new();

    /// <summary>A call that is made without the SDK, told of as the SDK would.</summary>
    public static TraceSpan StartCall(AwsCall call)
    {
        var span = Instance.GetTracer(call.Scope).CreateSpan(call.Name, initialAttributes: null, SpanKind.CLIENT, parentContext: null);
        span.SetAttribute("rpc.system", "aws-api");
        span.SetAttribute(Service, call.Service);
        span.SetAttribute(Method, call.Method);
        return span;
    }

    public override Tracer GetTracer(string scope) => _tracers.GetOrAdd(scope, static name => new CallTracer(new ActivitySource(name)));

    public override Tracer GetTracer(string scope, Attributes attributes) => GetTracer(scope);

    private sealed class CallTracer(ActivitySource source) : Tracer
    {
        private static readonly CallSpan Step = new();

        public override TraceSpan CreateSpan(string name, Attributes? initialAttributes, SpanKind spanKind, SpanContext? parentContext) =>
            spanKind == SpanKind.CLIENT ? new CallSpan(source.StartActivity(name, ActivityKind.Client), initialAttributes) : Step;

        protected override void Dispose(bool disposing)
        {
            // Shared by all clients, for as long as the process runs.
        }
    }

    /// <summary>One call. The SDK disposes it when the call is over.</summary>
    private sealed class CallSpan : TraceSpan
    {
        private readonly Activity? _activity;
        private readonly long _startedAt = Stopwatch.GetTimestamp();
        private object? _service;
        private object? _method;
        private string _outcome = "ok";
        private bool _hasEnded;

        /// <summary>A step of a call: it has ended before anybody uses it, and nothing of it is kept.</summary>
        public CallSpan() => _hasEnded = true;

        public CallSpan(Activity? activity, Attributes? attributes)
        {
            _activity = activity;

            foreach (var (name, value) in attributes?.AllAttributes ?? [])
            {
                SetAttribute(name, value);
            }
        }

        public override void SetAttribute(string key, object value)
        {
            if (_hasEnded)
            {
                return;
            }

            switch (key)
            {
                case Service:
                    _service = value;
                    break;
                case Method:
                    _method = value;
                    break;
                case ErrorCode:
                    _outcome = value as string ?? _outcome;
                    break;
            }

            // The exception is on the span already, and its stack is the SDK's.
            if (!key.StartsWith("exception.", StringComparison.Ordinal))
            {
                _activity?.SetTag(key, value);
            }
        }

        public override void RecordException(Exception exception, Attributes? attributes = null)
        {
            _outcome = exception is AmazonServiceException { ErrorCode: { Length: > 0 } code } ? code : exception.GetType().Name;
            _activity?.SetTag(ErrorType, _outcome);

            // A condition that does not hold is an answer, and the one that decides races.
            if (_outcome != "ConditionalCheckFailedException")
            {
                _activity?.SetStatus(ActivityStatusCode.Error, exception.Message);
            }
        }

        public override void SetStatus(SpanStatus spanStatus)
        {
            // The exception says it.
        }

        public override void EmitEvent(string name, Attributes? attributes = null)
        {
            // The SDK has none worth keeping.
        }

        public override void End()
        {
            if (!_hasEnded)
            {
                _hasEnded = true;
                _activity?.Dispose();
                CallTime.Record(Stopwatch.GetElapsedTime(_startedAt).TotalSeconds, new(Service, _service), new(Method, _method), new(Outcome, _outcome));
            }
        }

        protected override void Dispose(bool disposing) => End();
    }
}
