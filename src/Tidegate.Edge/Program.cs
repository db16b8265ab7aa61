return await Tidegate.Edge.Standalone.EdgeProgram.RunAsync(args);
