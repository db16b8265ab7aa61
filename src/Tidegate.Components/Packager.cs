using System.Text.Json;
using Nuke.Common.ProjectModel;
using Nuke.Common.Tools.DotNet;
using Tidegate.LocalCloud.Contract;
using Tidegate.Pipeline;
using static Nuke.Common.Tools.DotNet.DotNetTasks;

namespace Tidegate.Components;

/// <summary>Makes the artifact: the programs that the manifest names, published; the release-time settings; the manifest itself.</summary>
internal static class Packager
{
    public static async Task<Provenance> PackageAsync(IPackage build, DeliveryPipeline pipeline, ReleaseInputs inputs, CancellationToken cancellationToken)
    {
        var manifest = Manifest(build, inputs.Release);
        var projects = Assemblies(manifest).Select(assembly => (assembly, project: ProjectOf(build, assembly))).ToList();

        var workshop = pipeline.Store.Workshop();
        foreach (var (assembly, project) in projects)
        {
            DotNetPublish(s => s
                .SetProject(project.Path)
                .SetConfiguration(build.Configuration)
                .SetOutput(Path.Combine(workshop, Path.GetDirectoryName(assembly)!))
                .EnableNoBuild()
                .EnableNoRestore());
        }

        // Symbols do not run, and differ from build to build where the sources do not.
        foreach (var symbols in Directory.EnumerateFiles(workshop, "*.pdb", SearchOption.AllDirectories).ToList()) File.Delete(symbols);

        if (ReleaseSettings.Json(inputs.Release) is { } settings)
        {
            await File.WriteAllTextAsync(Path.Combine(workshop, Path.GetDirectoryName(projects[0].assembly)!, ReleaseSettings.FileName), settings, cancellationToken);
        }

        await File.WriteAllBytesAsync(Path.Combine(workshop, ServiceManifest.FileName), JsonSerializer.SerializeToUtf8Bytes(manifest, CloudJson.Default.ServiceManifest), cancellationToken);
        var artifact = new ReleaseArtifact(manifest.Name, manifest.Version, pipeline.Store.Take(workshop));
        var provenance = new Provenance(artifact, inputs.Key.Key, inputs.Key.Commit, $".NET SDK {inputs.Key.Sdk}, {inputs.All["platform"]}", inputs.All, TimeProvider.System.GetUtcNow());
        await pipeline.Catalog.AddAsync(provenance, cancellationToken);
        return provenance;
    }

    private static ServiceManifest Manifest(IPackage build, IReadOnlyDictionary<string, string> settings)
    {
        var files = build.Solution.AllProjects.Select(p => Path.Combine(p.Directory, ServiceManifest.FileName)).Where(File.Exists).Distinct().ToList();
        if (files is not [var file])
        {
            throw new PackagingException(files.Count == 0
                ? $"No project of {build.Solution.Path} has a {ServiceManifest.FileName} beside it. Add one that tells how the service is run: docs/configuration.md shows it."
                : $"Only one service is delivered, and these say to be it: {string.Join(", ", files)}.");
        }

        try
        {
            return ReleaseSettings.Apply(ServiceManifest.Read(Path.GetDirectoryName(file)!), settings);
        }
        catch (Exception exception) when (exception is InvalidDataException or FormatException)
        {
            throw new PackagingException(exception.Message, exception);
        }
    }

    /// <summary>Programs that the artifact must hold: each is published into the folder that the manifest names, the service's own first.</summary>
    private static IEnumerable<string> Assemblies(ServiceManifest manifest) =>
        manifest.Dependencies.Select(d => d.Run).Prepend(manifest.Run).SelectMany(r => r).Where(a => a.EndsWith(".dll", StringComparison.Ordinal)).Distinct();

    private static Project ProjectOf(IPackage build, string assembly) =>
        build.Solution.AllProjects.FirstOrDefault(p => p.Name == Path.GetFileNameWithoutExtension(assembly))
        ?? throw new PackagingException($"{ServiceManifest.FileName} runs {assembly}, but {build.Solution.Path} has no project {Path.GetFileNameWithoutExtension(assembly)}; it has: {string.Join(", ", build.Solution.AllProjects.Select(p => p.Name))}.");
}
