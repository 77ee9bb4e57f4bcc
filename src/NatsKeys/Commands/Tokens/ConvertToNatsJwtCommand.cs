using System.Management.Automation;
using NatsKeys.Binding;
using NatsKeys.Completion;
using NatsKeys.Jwt;

namespace NatsKeys.Commands;

/// <summary>Signs any claims: the counterpart of ConvertFrom-NatsJwt. Nothing is stored, and it is not checked whether the key is trusted.</summary>
[Cmdlet(VerbsData.ConvertTo, Nouns.Jwt)]
[OutputType(typeof(NatsJwt))]
public sealed class ConvertToNatsJwtCommand : FreeSigningCmdlet
{
    /// <summary>The claims: JSON text or a dictionary with the members of a token's payload, claims, or a token that was read.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, HelpMessage = "The claims, in the form of a token's payload.")]
    [PipelineInput(TakesValues = true)]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public ClaimsArgument? Claims { get; set; }

    /// <summary>The issue time of the token; the default is now.</summary>
    [Parameter]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(TimeCompleter))]
    public TimeArgument? IssuedAt { get; set; }

    private protected override void ProcessItem()
    {
        TimeProvider clock = IssuedAt is null
            ? TimeProvider.System
            : new StoppedClock(IssuedAt.Require(nameof(IssuedAt), "For the current time, omit it."));
        NatsJwt jwt = Signer.Sign(Claims!.Read(), ChosenKey, clock);
        if (TokenLimits.Warning(jwt) is { } warning)
        {
            WriteWarning(warning);
        }

        WriteObject(jwt);
    }

    /// <summary>A clock that stands still at the requested issue time.</summary>
    private sealed class StoppedClock(DateTimeOffset time) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => time;
    }
}
